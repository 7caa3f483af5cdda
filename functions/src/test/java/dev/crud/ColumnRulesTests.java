package dev.crud;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;

import dev.crud.table.Column;
import dev.crud.table.Edges;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which values each declared column accepts, with POST and with PUT, at the edges
 * of its type.
 */
class ColumnRulesTests {

	private final RunningFunctions functions = Shared.emptied();

	@ParameterizedTest(name = "{0}: {1} is allowed")
	@MethodSource("allowed")
	void allowedValueIsStoredAndComesBack(String field, String json, String text) {
		Column column = column(field);
		Body back = Body.example().withText(column, text);
		Body sent = text.isEmpty() ? back : Body.example().with(field, json);
		HttpResponse<String> created = this.functions.post(sent.toString());
		assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
		String uuid = Body.parse(created.body()).get("uuid").asString();
		assertThat(created.body()).isEqualTo(back.answer(uuid));
		Stored.assertRow(uuid, back);
		assertThat(this.functions.get(Routes.GET + uuid).body()).isEqualTo(created.body());

		String other = Shared.create(Body.other());
		HttpResponse<String> replaced = put(other, sent);
		assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(200);
		assertThat(replaced.body()).isEqualTo(back.answer(other));
		Stored.assertRow(other, back);
	}

	static Stream<Arguments> allowed() {
		return Body.COLUMNS.stream().flatMap((column) -> {
			Edges edges = Edges.of(column);
			Stream<Arguments> values = edges.values()
				.stream()
				.map((text) -> Arguments.of(column.name(), Body.json(column, text), text));
			return Stream.concat(values,
					edges.spellings().entrySet().stream().map((spelling) -> allowed(column, spelling)));
		});
	}

	private static Arguments allowed(Column column, Map.Entry<String, String> spelling) {
		return Arguments.of(column.name(), spelling.getKey(), spelling.getValue());
	}

	@ParameterizedTest(name = "{0}: {1} is refused")
	@MethodSource("refused")
	void refusedValueIsToldByItsPointer(String field, String json) {
		assertRefused(Body.example().with(field, json), "/" + field);
	}

	static Stream<Arguments> refused() {
		return Body.COLUMNS.stream()
			.flatMap((column) -> Edges.of(column).refused().stream().map((json) -> Arguments.of(column.name(), json)));
	}

	@ParameterizedTest(name = "{0}: {1} is not JSON")
	@MethodSource("notJson")
	void whatIsNotJsonIsRefused(String field, String value) {
		Problem.assertProblem(this.functions.post(Body.example().with(field, value).toString()), 400);
		assertThat(Stored.count()).isZero();
	}

	static Stream<Arguments> notJson() {
		return Body.COLUMNS.stream()
			.flatMap((column) -> Stream
				.of("NaN", "Infinity", "-Infinity", "+27", "027", "27.", ".5", "0x1B", "27f", "2_7", "1e", "True",
						"'27'", "")
				.map((value) -> Arguments.of(column.name(), value)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("fields")
	void columnMayBeAbsentIfItIsOptionalOnly(String field) {
		Body body = Body.example().without(field);
		if (column(field).optional()) {
			assertThat(this.functions.post(body.toString()).statusCode()).isEqualTo(201);
			assertThat(Stored.count(body)).isEqualTo(1);
		}
		else {
			assertRefused(body, "/" + field);
		}
	}

	static Stream<String> fields() {
		return Body.COLUMNS.stream().map(Column::name);
	}

	@ParameterizedTest(name = "{0} is not a field")
	@CsvSource({ "version,/version", "UUID,/UUID", "'',/", "a/b,/a~1b", "m~n,/m~0n", "__proto__,/__proto__" })
	void unknownFieldIsRefused(String field, String pointer) {
		assertRefused(Body.example().with(field, "{\"a\":[1,{\"b\":null}]}"), pointer);
	}

	@Test
	@DisplayName("all bad fields at once, not the first only")
	void allBadFieldsAreToldAtOnce() {
		Body body = Body.example().with("extra", "0");
		for (Column column : Body.COLUMNS) {
			body = body.with(column.name(), "[]");
		}
		assertRefused(body, Stream.concat(fields().map("/"::concat), Stream.of("/extra")).toArray(String[]::new));
	}

	@Test
	@DisplayName("an empty object lacks every field that is not optional")
	void emptyObjectLacksEveryField() {
		String[] required = Body.COLUMNS.stream()
			.filter((column) -> !column.optional())
			.map((column) -> "/" + column.name())
			.toArray(String[]::new);
		if (required.length > 0) {
			assertRefused(new Body(Map.of()), required);
		}
	}

	private void assertRefused(Body body, String... pointers) {
		assertThat(Problem.pointers(Problem.assertProblem(this.functions.post(body.toString()), 400)))
			.containsExactlyInAnyOrder(pointers);
		assertThat(Problem.pointers(Problem.assertProblem(this.functions.send("POST", Routes.POST,
				Body.example() + "\n" + body, "Content-Type", "application/x-ndjson"), 400)))
			.containsExactlyInAnyOrder(pointers);
		assertThat(Stored.count()).isZero();

		String uuid = Shared.create(Body.other());
		assertThat(Problem.pointers(Problem.assertProblem(put(uuid, body), 400))).containsExactlyInAnyOrder(pointers);
		Stored.assertRow(uuid, Body.other());
	}

	private HttpResponse<String> put(String uuid, Body body) {
		return this.functions.send("PUT", Routes.PUT + uuid, body.toString(), "Content-Type", "application/json");
	}

	private static Column column(String name) {
		return Body.COLUMNS.stream().filter((column) -> column.name().equals(name)).findFirst().orElseThrow();
	}

}
