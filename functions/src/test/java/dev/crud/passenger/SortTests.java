package dev.crud.passenger;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.crud.Body;
import dev.crud.Pages;
import dev.crud.Shared;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests lists with {@code sort}, page by page.
 */
class SortTests {

	private static final Map<String, List<String>> VALUES = Map.of("survived", List.of("false", "true"),
			"passengerClass", List.of("1", "2", "3"), "sex", List.of("\"female\"", "\"male\""), "age",
			List.of("0", "0.42", "22", "29.8811345124283", "150"), "siblingsOrSpousesAboard",
			List.of("0", "9", "10", "100"), "parentsOrChildrenAboard", List.of("0", "2", "11"), "fare",
			List.of("0", "7.8958", "7.925", "26", "512.3292", "1000000"));

	private final String mark = Passenger.uniqueName();

	private final Map<String, JsonNode> rows = new HashMap<>();

	static Stream<Arguments> sorts() {
		return Stream
			.of("uuid", "survived", "passengerClass", "name", "sex", "age", "siblingsOrSpousesAboard",
					"parentsOrChildrenAboard", "fare")
			.flatMap((field) -> Stream.of(Arguments.of(field, field, false), Arguments.of("-" + field, field, true)));
	}

	@ParameterizedTest(name = "sort={0}")
	@MethodSource("sorts")
	@DisplayName("sort= one of the field names, - before it for descending; ties by uuid in its direction; pages stay correct")
	void sortOrdersRowsAndTheirPages(String sort, String field, boolean descending) {
		create(field);
		List<String> expected = this.rows.values()
			.stream()
			.sorted(order(field, descending))
			.map((row) -> row.get("uuid").asString())
			.toList();
		String query = "/passengerlist?name=" + this.mark + "&sort=" + sort;
		assertThat(Pages.follow(query)).isEqualTo(expected);
		assertThat(Pages.follow(query + "&limit=1")).isEqualTo(expected);
		assertThat(Pages.follow(query + "&limit=5")).isEqualTo(expected);
		assertThat(Pages.uuids(Shared.FUNCTIONS.get(query + "&after=" + expected.get(4))))
			.isEqualTo(expected.subList(5, expected.size()));
	}

	private void create(String field) {
		List<String> names = List.of("Z", "a", "B", "É", "é", "z", "🚢", "\uFFFD");
		for (int i = 0; i < 12; i++) {
			Body body = Passenger.of(this.mark + names.get((i * 5) % names.size()));
			List<String> values = VALUES.get(field);
			Body changed = (values != null) ? body.with(field, values.get((i * 7) % values.size())) : body;
			String uuid = Shared.create(changed);
			this.rows.put(uuid, Body.parse(Shared.FUNCTIONS.get("/getpassenger/" + uuid).body()));
		}
	}

	private static Comparator<JsonNode> order(String field, boolean descending) {
		Comparator<JsonNode> byUuid = Comparator.comparing((row) -> row.get("uuid").asString());
		Comparator<JsonNode> byField = switch (field) {
			case "uuid" -> byUuid;
			case "survived" -> Comparator.comparing((row) -> row.get(field).asBoolean());
			// Compares code points; compared char by char, the ship would come before
			// U+FFFD.
			case "name", "sex" -> Comparator.comparing((row) -> row.get(field).asString(),
					(a, b) -> java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray()));
			default -> Comparator.comparing((row) -> row.get(field).decimalValue());
		};
		Comparator<JsonNode> ascending = byField.thenComparing(byUuid);
		return descending ? ascending.reversed() : ascending;
	}

	@ParameterizedTest(name = "sort={0}")
	@ValueSource(strings = { "age", "-age" })
	@DisplayName("pages stay correct when the boundary row is deleted between pages")
	void deletedBoundaryRowDoesNotDisturbTheNextPage(String sort) {
		List<String> expected = numbered(sort);
		String next = Pages.next(Shared.FUNCTIONS.get(query(sort) + "&limit=3")).orElseThrow();
		Shared.FUNCTIONS.send("DELETE", "/deletepassenger/" + expected.get(2), null);
		assertThat(Pages.follow(next)).isEqualTo(expected.subList(3, 9));
	}

	@ParameterizedTest(name = "sort={0}")
	@ValueSource(strings = { "age", "-age" })
	@DisplayName("pages stay correct when the boundary row is changed between pages")
	void changedBoundaryRowDoesNotDisturbTheNextPage(String sort) {
		List<String> expected = numbered(sort);
		String next = Pages.next(Shared.FUNCTIONS.get(query(sort) + "&limit=3")).orElseThrow();
		// Moves the row to where it would come before the first page.
		String before = sort.startsWith("-") ? "150" : "0";
		Shared.FUNCTIONS.send("PUT", "/putpassenger/" + expected.get(2),
				Passenger.of(this.mark).with("age", before).toString(), "Content-Type", "application/json");
		assertThat(Pages.follow(next)).isEqualTo(expected.subList(3, 9));
	}

	@Test
	void rowInsertedBehindTheBoundaryIsOnTheNextPage() {
		List<String> expected = numbered("age");
		String next = Pages.next(Shared.FUNCTIONS.get(query("age") + "&limit=3")).orElseThrow();
		String inserted = Shared.create(Passenger.of(this.mark).with("age", "13.5"));
		assertThat(Pages.follow(next)).hasSize(7).contains(inserted).containsAll(expected.subList(3, 9));
	}

	private String query(String sort) {
		return "/passengerlist?name=" + this.mark + "&sort=" + sort;
	}

	/**
	 * Creates passengers, up to four of each age, so that rows at the boundary of a page
	 * have equal ages.
	 */
	private List<String> numbered(String sort) {
		IntStream.range(0, 9)
			.forEach((i) -> Shared.create(Passenger.of(this.mark).with("age", String.valueOf(11 + i / 4))));
		List<String> expected = Pages.uuids(Shared.FUNCTIONS.get(query(sort)));
		assertThat(expected).hasSize(9);
		return expected;
	}

}
