package dev.crud;

import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests uploads of many rows as newline-delimited JSON.
 */
class NdjsonTests {

	private final RunningFunctions functions = Shared.emptied();

	private final String good = Body.example().toString();

	private final String bad = Body.bad().toString();

	@Test
	@DisplayName("201 with {\"inserted\":N}")
	void rowsAreInserted() {
		HttpResponse<String> response = post(this.good + "\n" + Body.other() + "\n");
		assertInserted(response, 2);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(Stored.count(Body.example())).isEqualTo(1);
		assertThat(Stored.count(Body.other())).isEqualTo(1);
	}

	@ParameterizedTest(name = "{0} rows")
	@ValueSource(ints = { 1, 999, 1000, 1001, 5000 })
	void anyNumberOfRowsIsInserted(int rows) {
		assertInserted(post((this.good + "\n").repeat(rows)), rows);
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "ROW\nROW", "ROW\nROW\n", "ROW\r\nROW\r\n", "ROW\n\nROW\n\n\n", "ROW\r\n\r\nROW",
			" ROW \n\tROW\t\n" })
	void lineBreaksMayBeOfEitherKind(String rows) {
		assertInserted(post(rows.replace("ROW", this.good)), 2);
	}

	@Test
	void noRowsInsertNothing() {
		assertInserted(post("\n"), 0);
	}

	@Test
	@DisplayName("400 with the bad rows as errors[], each with its line number, and nothing inserted")
	void badRowsAreToldByTheirLines() {
		HttpResponse<String> response = post(this.good + "\n" + this.bad + "\n\n" + this.good + "\nnonsense\n[]\n"
				+ Body.bad().with("uuid", "\"x\"") + "\n" + this.good);
		JsonNode errors = Problem.assertProblem(response, 400).get("errors");
		assertThat(errors.values().stream().map((error) -> error.get("line").asInt() + error.get("pointer").asString()))
			.containsExactlyInAnyOrder("2" + Body.badPointer(), "5", "6", "7" + Body.badPointer(), "7/uuid");
		assertThat(Stored.count()).isZero();
	}

	@Test
	@DisplayName("the first 100 errors, of 50 rows with two each")
	void first100ErrorsAreReported() {
		String row = Body.bad().with("extra", "1").toString();
		HttpResponse<String> response = post(
				(this.good + "\n").repeat(2000) + (row + "\n" + this.good + "\n").repeat(150));
		JsonNode errors = Problem.assertProblem(response, 400).get("errors");
		assertThat(errors.values().stream().map((error) -> error.get("line").asInt()).distinct())
			.isEqualTo(IntStream.range(0, 50).mapToObj((i) -> 2001 + 2 * i).toList());
		assertThat(Problem.pointers(Problem.assertProblem(response, 400))).containsOnly(Body.badPointer(), "/extra")
			.hasSize(100);
		assertThat(Stored.count()).isZero();
	}

	@Test
	@DisplayName("a bad last row after many good ones: nothing inserted")
	void badLastRowUndoesAllOthers() {
		JsonNode errors = Problem.assertProblem(post((this.good + "\n").repeat(3000) + this.bad), 400).get("errors");
		assertThat(errors.size()).isEqualTo(1);
		assertThat(errors.get(0).get("line").asInt()).isEqualTo(3001);
		assertThat(Stored.count()).isZero();
	}

	@Test
	void rowOfMoreThan64KibibytesIsRefusedByItsLine() {
		String rows = IntStream.of(70_000, 10, 200_000)
			.mapToObj((padding) -> this.good + " ".repeat(padding))
			.collect(Collectors.joining("\n"));
		JsonNode errors = Problem.assertProblem(post(rows), 400).get("errors");
		assertThat(errors.values().stream().map((error) -> error.get("line").asInt())).containsExactly(1, 3);
		assertThat(Stored.count()).isZero();
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "duplicate key", "nested" })
	void everyRowKeepsTheRulesOfOneBody(String what) {
		String row = switch (what) {
			case "duplicate key" -> this.good.replace("{", this.good.substring(0, this.good.indexOf(":") + 1)
					+ Body.example().fields().get(Body.COLUMNS.get(0).name()) + ",");
			default -> this.good.replace("{", "{\"x\":" + "[".repeat(40) + "]".repeat(40) + ",");
		};
		JsonNode errors = Problem.assertProblem(post(this.good + "\n" + row), 400).get("errors");
		assertThat(errors.size()).isEqualTo(1);
		assertThat(errors.get(0).get("line").asInt()).isEqualTo(2);
		assertThat(Stored.count()).isZero();
	}

	private HttpResponse<String> post(String rows) {
		return this.functions.send("POST", Routes.POST, rows, "Content-Type", "application/x-ndjson");
	}

	private void assertInserted(HttpResponse<String> response, int rows) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
		assertThat(response.body()).isEqualTo("{\"inserted\":" + rows + "}");
		assertThat(Stored.count()).isEqualTo(rows);
	}

}
