package dev.crud;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.crud.table.Column;
import dev.crud.table.Edges;
import dev.crud.table.Filter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests lists with each declared sort and filter, with two rows for each edge of a
 * column's type.
 */
class ColumnListsTests {

	private final RunningFunctions functions = Shared.emptied();

	static Stream<String> sorts() {
		return Body.COLUMNS.stream()
			.filter(Column::sorted)
			.flatMap((column) -> Stream.of(column.name(), "-" + column.name()));
	}

	@ParameterizedTest(name = "sort={0}")
	@MethodSource("sorts")
	@DisplayName("each column in either direction, absent values last and first; ties by uuid in the same direction")
	void sortOrdersRowsAndTheirPages(String sort) {
		List<String> expected = inOrder(create(column(sort)), sort);
		String query = Routes.LIST + "?sort=" + sort;
		assertThat(Pages.follow(query)).isEqualTo(expected);
		for (int limit : new int[] { 1, 2, 3, 1000 }) {
			assertThat(Pages.follow(query + "&limit=" + limit)).as("limit %d", limit).isEqualTo(expected);
		}
		for (int i = 0; i < expected.size(); i++) {
			assertThat(Pages.uuids(this.functions.get(query + "&after=" + expected.get(i)))).as("after %d", i)
				.isEqualTo(expected.subList(i + 1, expected.size()));
		}
	}

	@ParameterizedTest(name = "sort={0}")
	@MethodSource("sorts")
	@DisplayName("pages stay correct when the boundary row is changed or deleted between pages")
	void changedBoundaryRowDoesNotDisturbTheNextPage(String sort) {
		Column column = column(sort);
		List<String> expected = inOrder(create(column), sort);
		String next = Pages.next(this.functions.get(Routes.LIST + "?limit=2&sort=" + sort)).orElseThrow();
		List<String> values = Edges.of(column).values();
		String first = sort.startsWith("-") ? values.get(values.size() - 1) : values.get(0);
		this.functions.send("PUT", Routes.PUT + expected.get(1), Body.example().withText(column, first).toString(),
				"Content-Type", "application/json");
		assertThat(Pages.follow(next)).isEqualTo(expected.subList(2, expected.size()));
		this.functions.send("DELETE", Routes.DELETE + expected.get(1), null);
		assertThat(Pages.follow(next)).isEqualTo(expected.subList(2, expected.size()));
	}

	private static List<String> inOrder(List<String> ascending, String sort) {
		List<String> expected = new ArrayList<>(ascending);
		if (sort.startsWith("-")) {
			Collections.reverse(expected);
		}
		return expected;
	}

	static Stream<Filter> filters() {
		return Declaration.TABLE.filters().stream();
	}

	@ParameterizedTest
	@MethodSource("filters")
	@DisplayName("each filter at each edge of its column's type, alone, under its column's sort and page by page")
	void filterNarrowsTheList(Filter filter) {
		Column column = filter.column();
		List<String> rows = create(column);
		List<String> values = Edges.of(column).values();
		for (String value : values(filter)) {
			int edge = values.indexOf(value);
			List<String> expected = rows(rows, (i) -> passes(filter, values.get(i), i, value, edge));
			String query = Routes.LIST + "?count=true&" + filter.parameter() + "=" + encode(value);
			assertThat(this.functions.get(query).headers().firstValue("X-Total-Count"))
				.contains(String.valueOf(expected.size()));
			assertThat(Pages.uuids(this.functions.get(query))).as(query).containsExactlyInAnyOrderElementsOf(expected);
			assertThat(Pages.follow(query + "&limit=3")).as(query).containsExactlyInAnyOrderElementsOf(expected);
			if (column.sorted()) {
				assertThat(Pages.follow(query + "&limit=3&sort=" + column.name())).as(query).isEqualTo(expected);
			}
		}
	}

	private static List<String> values(Filter filter) {
		return switch (filter.kind()) {
			case PRESENT -> List.of("true", "false");
			case EQUAL, MIN, MAX, CONTAINS ->
				Edges.of(filter.column()).values().stream().filter((value) -> !value.isEmpty()).toList();
		};
	}

	private static boolean passes(Filter filter, String text, int index, String value, int edge) {
		return switch (filter.kind()) {
			case EQUAL -> index == edge;
			case MIN -> !text.isEmpty() && index >= edge;
			case MAX -> !text.isEmpty() && index <= edge;
			case CONTAINS -> lower(text).contains(lower(value));
			case PRESENT -> value.equals(String.valueOf(!text.isEmpty()));
		};
	}

	private static String lower(String text) {
		return text.toLowerCase(java.util.Locale.ROOT);
	}

	private static List<String> rows(List<String> rows, IntPredicate edges) {
		return IntStream.range(0, rows.size()).filter((i) -> edges.test(i / 2)).mapToObj(rows::get).toList();
	}

	/** Creates rows in an order that is not that of their values. */
	private static List<String> create(Column column) {
		List<String> values = Edges.of(column).values();
		String[] uuids = new String[2 * values.size()];
		for (int round = 0; round < 2; round++) {
			for (int i = values.size() - 1; i >= 0; i--) {
				uuids[2 * i + round] = Shared.create(Body.example().withText(column, values.get(i)));
			}
		}
		return List.of(uuids);
	}

	private static Column column(String sort) {
		String name = sort.replace("-", "");
		return Body.COLUMNS.stream().filter((column) -> column.name().equals(name)).findFirst().orElseThrow();
	}

	private static String encode(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

}
