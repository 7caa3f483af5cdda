package dev.crud;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.crud.table.Column;
import dev.crud.table.Edges;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests uploads and lists as CSV, with each column at the edges of its type.
 */
class ColumnCsvTests {

	private final RunningFunctions functions = Shared.emptied();

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("allowed")
	void allowedValueIsInsertedAndComesBack(String field, String text) {
		Body body = Body.example().withText(column(field), text);
		assertInserted(post(Body.csvHeader() + "\n" + body.csv() + "\n"), body);
		String[] lines = this.functions.get(Routes.LIST, "Accept", "text/csv").body().split("\r\n", 2);
		assertThat(lines[0]).isEqualTo("uuid," + Body.csvHeader());
		assertThat(lines[1].substring(37)).isEqualTo(body.csv() + "\r\n");
	}

	static Stream<Arguments> allowed() {
		return Body.COLUMNS.stream()
			.flatMap((column) -> Edges.of(column).values().stream().map((text) -> Arguments.of(column.name(), text)));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("refused")
	@DisplayName("each bad value with its line number, and nothing inserted")
	void refusedValueIsToldByItsLine(String field, String text) {
		Body bad = Body.example().withText(column(field), text);
		assertErrors(post(Body.csvHeader() + "\n" + Body.example().csv() + "\n\n" + bad.csv() + "\n"), "4/" + field);
	}

	static Stream<Arguments> refused() {
		return Body.COLUMNS.stream()
			.flatMap((column) -> Edges.of(column)
				.refusedTexts()
				.stream()
				.map((text) -> Arguments.of(column.name(), text)));
	}

	@Test
	@DisplayName("in any column order")
	void columnsMayBeInAnyOrder() {
		List<Column> columns = new ArrayList<>(Body.COLUMNS);
		Collections.reverse(columns);
		assertInserted(post(line(columns.stream().map(Column::name)) + line(values(columns, Body.other()))),
				Body.other());
	}

	@Test
	@DisplayName("under the header that the declaration has beside the names")
	void aliasesAreAHeaderToo() {
		List<Column> columns = Body.COLUMNS.stream().filter((column) -> column.alias() != null).toList();
		Stream<String> header = Body.COLUMNS.stream()
			.map((column) -> (column.alias() != null) ? column.alias().header() : column.name());
		Stream<String> row = Body.COLUMNS.stream()
			.map((column) -> columns.contains(column) ? aliased(column) : Body.example().text(column));
		assertInserted(post(line(header) + line(row)), Body.example());
	}

	private static String aliased(Column column) {
		String text = Body.example().text(column);
		// Only booleans are written in another way.
		if (!"boolean".equals(column.type().sqlType())) {
			return text;
		}
		for (String word : List.of("0", "1", "no", "yes", "false", "true")) {
			try {
				if (Boolean.valueOf(text).equals(Objects.requireNonNull(column.alias()).written().parse(word))) {
					return word;
				}
			}
			catch (dev.crud.table.InvalidValueException ex) {
				// This word is not used; try the next one.
			}
		}
		throw new IllegalStateException("Nobody knows how " + column.name() + " is written");
	}

	@Test
	@DisplayName("without an optional column its values are absent")
	void optionalColumnMayBeLeftOut() {
		List<Column> required = Body.COLUMNS.stream().filter((column) -> !column.optional()).toList();
		Body body = Body.other();
		for (Column column : Body.COLUMNS) {
			body = column.optional() ? body.without(column.name()) : body;
		}
		if (!required.isEmpty()) {
			assertInserted(post(line(required.stream().map(Column::name)) + line(values(required, body))), body);
		}
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "LF", "CRLF", "no last line break", "byte order mark", "text/csv; charset=utf-8",
			"quoted everywhere", "text/csv; header=present" })
	void csvIsReadAsRfc4180WritesIt(String what) {
		String csv = Body.csvHeader() + "\n" + Body.example().csv() + "\n";
		String sent = switch (what) {
			case "CRLF" -> csv.replace("\n", "\r\n");
			case "no last line break" -> csv.substring(0, csv.length() - 1);
			case "byte order mark" -> "\uFEFF" + csv;
			case "quoted everywhere" ->
				quoted(Body.COLUMNS.stream().map(Column::name)) + quoted(values(Body.COLUMNS, Body.example()));
			default -> csv;
		};
		assertInserted(this.functions.send("POST", Routes.POST, sent, "Content-Type",
				what.startsWith("text/csv") ? what : "text/csv"), Body.example());
	}

	private static String quoted(Stream<String> texts) {
		return texts.map((text) -> '"' + text.replace("\"", "\"\"") + '"').collect(Collectors.joining(",", "", "\n"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("names")
	@DisplayName("missing, unknown and duplicate columns are told of line 1")
	void badHeaderIsRefused(String name) {
		Column column = column(name);
		String required = column.optional() ? "" : " 1/" + name;
		String row = Body.example().csv() + "\n";
		assertErrors(post(header(name, "cost") + row), ("1/cost" + required).split(" (?=1)", -1));
		assertErrors(post(header(name, " " + name) + row), ("1/ " + name + required).split(" (?=1)", -1));
		assertErrors(post(header(name, name + "," + name) + row), "1/" + name);
		assertErrors(post(header(name, name + ",uuid") + row), "1/uuid");
		assertErrors(post(header(name, name + ",") + row), "1/");
	}

	static Stream<String> names() {
		return Body.COLUMNS.stream().map(Column::name);
	}

	private static String header(String name, String replacement) {
		return names().map((other) -> other.equals(name) ? replacement : other)
			.collect(Collectors.joining(",", "", "\n"));
	}

	@ParameterizedTest(name = "[{0}]")
	@ValueSource(strings = { "", "\n", "\r\n\r\n", "\uFEFF" })
	void noHeaderIsRefused(String csv) {
		Problem.assertProblem(post(csv), 400);
	}

	@Test
	void headerAloneInsertsNothing() {
		assertInserted(post(Body.csvHeader() + "\n"));
	}

	@Test
	void rowsOfTheWrongLengthOrFormAreRefusedByTheirLines() {
		String good = Body.example().csv();
		String cut = good.substring(0, good.lastIndexOf(','));
		assertErrors(post(line(names()) + good + ",\n" + cut + "\n" + good + "\n\"" + good + "\" x\n" + cut + ",x\"y"),
				"2", "3", "5", "6");
		assertErrors(post(line(names()) + good + "\n\"" + good + "\n" + good), "3");
		assertErrors(post(line(names()) + cut + ",x\"y\n" + cut + "\n" + good), "2", "3");
	}

	@Test
	void rowOfMoreThan64KibibytesIsRefusedByItsLine() {
		String good = Body.example().csv() + "\n";
		assertErrors(post(Body.csvHeader() + "\n" + good + "x".repeat(70_000) + good + good), "3");
		assertErrors(post("x".repeat(70_000) + "\n" + good + good), "1");
	}

	@Test
	void thousandsOfRowsAreInserted() {
		HttpResponse<String> response = post(Body.csvHeader() + "\r\n" + (Body.other().csv() + "\r\n").repeat(3500));
		assertThat(response.body()).isEqualTo("{\"inserted\":3500}");
		assertThat(Stored.count(Body.other())).isEqualTo(3500);
	}

	private static String line(Stream<String> texts) {
		return texts.map(Body::csvField).collect(Collectors.joining(",", "", "\n"));
	}

	private static Stream<String> values(List<Column> columns, Body body) {
		return columns.stream().map(body::text);
	}

	private static Column column(String name) {
		return Body.COLUMNS.stream().filter((column) -> column.name().equals(name)).findFirst().orElseThrow();
	}

	private HttpResponse<String> post(String csv) {
		return this.functions.send("POST", Routes.POST, csv, "Content-Type", "text/csv");
	}

	private static void assertInserted(HttpResponse<String> response, Body... rows) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
		assertThat(response.body()).isEqualTo("{\"inserted\":" + rows.length + "}");
		assertThat(Stored.count()).isEqualTo(rows.length);
		for (Body row : rows) {
			assertThat(Stored.count(row)).as("%s", row).isEqualTo(1);
		}
	}

	private static void assertErrors(HttpResponse<String> response, String... errors) {
		assertThat(Problem.assertProblem(response, 400)
			.get("errors")
			.values()
			.stream()
			.map((error) -> error.get("line").asInt() + error.get("pointer").asString()))
			.containsExactlyInAnyOrder(errors);
		assertThat(Stored.count()).isZero();
	}

}
