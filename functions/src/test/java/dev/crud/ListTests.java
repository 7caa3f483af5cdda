package dev.crud;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.crud.table.Edges;
import dev.crud.table.Filter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the order, the pages and the count of lists.
 */
class ListTests {

	private final RunningFunctions functions = Shared.emptied();

	private final List<String> uuids = IntStream.range(0, 7).mapToObj((i) -> Shared.create(Body.variant(i))).toList();

	@Test
	@DisplayName("a JSON array in uuid order")
	void listIsInUuidOrder() {
		assertThat(list("")).isEqualTo(this.uuids).isSorted();
		List<String> all = uuids(this.functions.get(Routes.LIST));
		assertThat(all).isSorted().containsAll(this.uuids).hasSize(Stored.count());
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "application/json", "text/csv", "application/x-ndjson" })
	@DisplayName("a list is in uuid order wherever the database keeps its rows")
	void listIsInUuidOrderAfterChanges(String format) {
		HttpResponse<String> before = this.functions.get(Routes.LIST, "Accept", format);
		// Each row's new version is behind the rows that were there before.
		this.uuids.subList(0, 3)
			.forEach((uuid) -> Shared
				.query("UPDATE %s SET uuid = uuid WHERE uuid = '%s'".formatted(Stored.TABLE, uuid)));
		assertThat(this.functions.get(Routes.LIST, "Accept", format).body()).isEqualTo(before.body());
	}

	@Test
	@DisplayName("uuids are in the order of their bytes, whatever their first bit is")
	void everyBitOfAUuidCounts() {
		List<String> ordered = List.of("00000000-0000-0000-0000-000000000000", "00000000-0000-0000-7fff-ffffffffffff",
				"00000000-0000-0000-8000-000000000000", "7fffffff-ffff-ffff-0000-000000000000",
				"80000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff");
		for (int i = ordered.size() - 1; i >= 0; i--) {
			Shared.query("UPDATE %s SET uuid = '%s' WHERE uuid = '%s'".formatted(Stored.TABLE, ordered.get(i),
					this.uuids.get(i)));
		}
		Shared.query("DELETE FROM %s WHERE uuid = '%s'".formatted(Stored.TABLE, this.uuids.get(6)));
		assertThat(list("")).isEqualTo(ordered);
		assertThat(Pages.follow(Routes.LIST + "?limit=2")).isEqualTo(ordered);
	}

	@Test
	void everyRowOfAListIsARow() {
		String rows = IntStream.range(0, 7)
			.mapToObj((i) -> Body.variant(i).answer(this.uuids.get(i)))
			.collect(Collectors.joining(",", "[", "]"));
		assertThat(get(Routes.LIST).body()).isEqualTo(rows);
	}

	@Test
	@DisplayName("limit 1 to 1000, after=<uuid>")
	void limitAndAfterMakeAPage() {
		assertThat(list("&limit=3")).isEqualTo(this.uuids.subList(0, 3));
		assertThat(list("&limit=1000")).isEqualTo(this.uuids);
		assertThat(list("&limit=3&after=" + this.uuids.get(2))).isEqualTo(this.uuids.subList(3, 6));
		assertThat(list("&after=" + this.uuids.get(4))).isEqualTo(this.uuids.subList(5, 7));
		assertThat(list("&after=" + this.uuids.get(4).toUpperCase(java.util.Locale.ROOT)))
			.isEqualTo(this.uuids.subList(5, 7));
		assertThat(list("&after=" + this.uuids.get(6))).isEmpty();
		assertThat(list("&after=00000000-0000-0000-0000-000000000000")).isEqualTo(this.uuids);
		assertThat(list("&after=ffffffff-ffff-ffff-ffff-ffffffffffff")).isEmpty();
	}

	@Test
	@DisplayName("Link: <target>; rel=\"next\" with the same parameters, when more rows follow")
	void linkIsThereWhenMoreRowsFollow() {
		String query = Routes.LIST + "?sort=uuid&count=false";
		String link = get(query + "&limit=6").headers().firstValue("Link").orElse("");
		assertThat(link).startsWith("<" + Routes.LIST + "?")
			.matches("<[!-~&&[^<> ]]+>; rel=\"next\"")
			.contains("sort=uuid", "count=false", "limit=6", "after=" + this.uuids.get(5));
		assertThat(get(query + "&limit=7").headers().firstValue("Link")).isEmpty();
		assertThat(get(query).headers().firstValue("Link")).isEmpty();
	}

	@ParameterizedTest(name = "limit={0}")
	@ValueSource(ints = { 1, 2, 3, 6, 7, 8 })
	void followingLinksYieldsEveryRowOnce(int limit) {
		assertThat(Pages.follow(Routes.LIST + "?limit=" + limit)).isEqualTo(this.uuids);
	}

	@Test
	@DisplayName("the boundary row may be deleted or changed between pages")
	void deletedBoundaryRowDoesNotDisturbTheNextPage() {
		String next = Pages.next(get(Routes.LIST + "?limit=3")).orElseThrow();
		this.functions.send("DELETE", Routes.DELETE + this.uuids.get(2), null);
		assertThat(Pages.follow(next)).isEqualTo(this.uuids.subList(3, 7));
	}

	@Test
	@DisplayName("count=true adds X-Total-Count")
	void countIsOfAllRowsThatTheFiltersLetThrough() {
		HttpResponse<String> counted = get(Routes.LIST + "?limit=2&count=true");
		assertThat(counted.headers().firstValue("X-Total-Count")).contains("7");
		assertThat(get(Pages.next(counted).orElseThrow()).headers().firstValue("X-Total-Count")).contains("7");
		assertThat(get(Routes.LIST + "?count=true&limit=1").headers().firstValue("X-Total-Count"))
			.contains(String.valueOf(Stored.count()));
		assertThat(get(Routes.LIST + "?limit=2").headers().firstValue("X-Total-Count")).isEmpty();
		assertThat(get(Routes.LIST + "?limit=2&count=false").headers().firstValue("X-Total-Count")).isEmpty();
	}

	static Stream<String> badQueries() {
		Stream<String> own = Stream.of("limit=0", "%6Cimit=0", "limit=1001", "limit=-1", "limit=", "limit", "limit=a",
				"limit=1.0", "limit=1e2", "limit=99999999999999999999", "limit=%201", "limit=1&limit=2", "after=",
				"after=1", "after=nonsense", "after=0189000000007000800000000000000", "sort=", "sort=-",
				"sort=nonsense", "sort=--uuid", "sort=+uuid", "sort=UUID", "sort=version", "sort=uuid,uuid",
				"sort=uuid;--", "sort=uuid&sort=uuid", "sort=1", "count=", "count=1", "count=TRUE", "count=yes",
				"count=ESTIMATED", "count=estimate", "count=true&count=estimated");
		return Stream.concat(own, Declaration.TABLE.filters().stream().flatMap(ListTests::badQueries));
	}

	private static Stream<String> badQueries(Filter filter) {
		List<String> texts = switch (filter.kind()) {
			case CONTAINS -> List.of("", "\u0000");
			case PRESENT -> List.of("", "1", "TRUE");
			case EQUAL, MIN, MAX -> Edges.of(filter.column()).refusedTexts();
		};
		Stream<String> encoded = texts.stream()
			.map((text) -> filter.parameter() + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
		Stream<String> malformed = Stream.of("=%FF", "=%C3", "=%ED%A0%80", "=", "=a&" + filter.parameter() + "=b")
			.map((value) -> filter.parameter() + value);
		return Stream.concat(encoded, malformed);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("badQueries")
	@DisplayName("a parameter out of range is 400")
	void badParameterIsRefused(String query) {
		Problem.assertProblem(get(Routes.LIST + "?" + query), 400);
	}

	private HttpResponse<String> get(String target) {
		return this.functions.get(target);
	}

	private List<String> list(String query) {
		return uuids(get(Routes.LIST + "?" + query));
	}

	private static List<String> uuids(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return StreamSupport.stream(Body.parse(response.body()).spliterator(), false)
			.map((row) -> row.get("uuid").asString())
			.toList();
	}

}
