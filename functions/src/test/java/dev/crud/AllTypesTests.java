package dev.crud;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.crud.table.Column;
import dev.crud.table.FilterKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests every type of column through every function.
 */
@SuppressWarnings("NullAway.Init")
class AllTypesTests {

	private static Things things;

	@BeforeAll
	static void start() {
		things = new Things();
	}

	@AfterAll
	static void stop() {
		things.close();
	}

	static Stream<String> columns() {
		return Things.TABLE.columns().stream().map(Column::name);
	}

	@Test
	void whatIsSentComesBack() {
		for (int i = 0; i < 4; i++) {
			int index = i;
			String body = Things.KINDS.stream()
				.flatMap((kind) -> kind.columns().map((column) -> "\"" + column.name() + "\":" + kind.value(index)))
				.collect(Collectors.joining(",", "{", "}"));
			HttpResponse<String> created = things.send("POST", Routes.POST, body, "application/json");
			assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
			String uuid = Body.parse(created.body()).get("uuid").asString();
			String expected = "{\"uuid\":\"" + uuid + "\"," + body.substring(1);
			assertThat(created.body()).isEqualTo(expected);
			assertThat(things.send("GET", Routes.GET + uuid, "", "").body()).isEqualTo(expected);
			assertThat(things.send("PUT", Routes.PUT + uuid, body, "application/json").body()).isEqualTo(expected);
			assertThat(things.send("DELETE", Routes.DELETE + uuid, "", "").statusCode()).isEqualTo(204);
		}
	}

	@Test
	void whatIsAbsentIsLeftOutAndNeverNull() {
		String body = Things.KINDS.stream()
			.map((kind) -> "\"" + kind.name() + "\":" + kind.value(0))
			.collect(Collectors.joining(",", "{", "}"));
		HttpResponse<String> created = things.send("POST", Routes.POST, body, "application/json");
		String uuid = Body.parse(created.body()).get("uuid").asString();
		String expected = "{\"uuid\":\"" + uuid + "\"," + body.substring(1);
		assertThat(created.body()).isEqualTo(expected);
		assertThat(things.send("GET", Routes.GET + uuid, "", "").body()).isEqualTo(expected);
		String nothing = body.replace("}", ",\"maybeDate\":null}");
		assertThat(things.send("PUT", Routes.PUT + uuid, nothing, "application/json").body())
			.contains("{\"pointer\":\"/maybeDate\",\"detail\":\"must be absent rather than null\"}");
		assertThat(things.send("DELETE", Routes.DELETE + uuid, "", "").statusCode()).isEqualTo(204);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("columns")
	void sortedPagesFollowEachOtherAbsentValuesLastOrFirst(String name) {
		Things.Kind kind = Things.kind(name);
		List<JsonNode> rows = things.rows(Routes.LIST);
		List<String> order = kind.values();
		List<String> ascending = rows.stream()
			.sorted((a, b) -> compare(order, a.get(name), b.get(name), a, b))
			.map((row) -> row.get("uuid").asString())
			.toList();
		List<String> descending = new ArrayList<>(ascending);
		Collections.reverse(descending);
		for (String query : List.of("", "&limit=1", "&limit=2", "&limit=4", "&hasMaybeText=true&limit=2")) {
			List<String> up = query.contains("has") ? present(rows, ascending) : ascending;
			List<String> down = query.contains("has") ? present(rows, descending) : descending;
			assertThat(things.follow(Routes.LIST + "?sort=" + name + query)).isEqualTo(up);
			assertThat(things.follow(Routes.LIST + "?sort=-" + name + query)).isEqualTo(down);
		}
		for (int i = 0; i < ascending.size(); i++) {
			assertThat(things.uuids(Routes.LIST + "?sort=" + name + "&after=" + ascending.get(i)))
				.isEqualTo(ascending.subList(i + 1, 9));
			assertThat(things.uuids(Routes.LIST + "?sort=-" + name + "&after=" + descending.get(i)))
				.isEqualTo(descending.subList(i + 1, 9));
		}
	}

	private static int compare(List<String> order, JsonNode a, JsonNode b, JsonNode rowA, JsonNode rowB) {
		int byValue = Integer.compare(rank(order, a), rank(order, b));
		return (byValue != 0) ? byValue : rowA.get("uuid").asString().compareTo(rowB.get("uuid").asString());
	}

	private static int rank(List<String> order, JsonNode value) {
		return (value != null) ? order.stream().map(Body::parse).toList().indexOf(value) : order.size();
	}

	private static List<String> present(List<JsonNode> rows, List<String> uuids) {
		List<String> with = rows.stream()
			.filter((row) -> row.has("maybeText"))
			.map((row) -> row.get("uuid").asString())
			.toList();
		return uuids.stream().filter(with::contains).toList();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("columns")
	void filtersNarrowTheList(String name) {
		Things.Kind kind = Things.kind(name);
		List<JsonNode> rows = things.rows(Routes.LIST);
		String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
		List<String> order = kind.values();
		for (int i = 0; i < order.size(); i++) {
			int rank = i;
			String value = URLEncoder.encode(
					kind.csv(i).startsWith("\"") ? Body.parse(kind.value(i)).asString() : kind.csv(i),
					StandardCharsets.UTF_8);
			assertThat(things.rows(Routes.LIST + "?" + name + "=" + value))
				.isEqualTo(rows.stream().filter((row) -> rank(order, row.get(name)) == rank).toList());
			if (kind.type().filters().contains(FilterKind.MIN)) {
				assertThat(things.rows(Routes.LIST + "?min" + capital + "=" + value)).isEqualTo(
						rows.stream().filter((row) -> row.has(name) && rank(order, row.get(name)) >= rank).toList());
				assertThat(things.rows(Routes.LIST + "?max" + capital + "=" + value)).isEqualTo(
						rows.stream().filter((row) -> row.has(name) && rank(order, row.get(name)) <= rank).toList());
			}
		}
		if (name.startsWith("maybe")) {
			assertThat(things.rows(Routes.LIST + "?has" + capital + "=false")).hasSize(3)
				.isEqualTo(rows.stream().filter((row) -> !row.has(name)).toList());
		}
	}

	@Test
	void csvHasAnEmptyFieldForWhatIsAbsent() {
		HttpResponse<String> csv = RunningFunctions
			.send(HttpRequest.newBuilder(things.uri(Routes.LIST)).header("Accept", "text/csv").build());
		List<String> lines = csv.body().lines().map((line) -> line.substring(line.indexOf(',') + 1)).toList();
		List<String> expected = Stream.iterate(0, (row) -> row + 1).limit(9).map(Things::row).toList();
		assertThat(lines.subList(1, lines.size())).isEqualTo(expected);
	}

}
