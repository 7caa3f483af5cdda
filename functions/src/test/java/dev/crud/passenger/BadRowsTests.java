package dev.crud.passenger;

import java.net.http.HttpResponse;

import dev.crud.Problem;
import dev.crud.Shared;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests uploads of passengers in which some rows are bad.
 */
class BadRowsTests {

	private static final String CSV_HEADER = "survived,passengerClass,name,sex,age,siblingsOrSpousesAboard,"
			+ "parentsOrChildrenAboard,fare\n";

	private final String name = Passenger.uniqueName();

	private final String good = Passenger.of(this.name).toString();

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "duplicate key", "nested", "lone surrogate", "U+0000" })
	void everyRowKeepsTheRulesOfOneBody(String what) {
		String row = switch (what) {
			case "duplicate key" -> this.good.replace("{", "{\"age\":27.0,");
			case "nested" -> this.good.replace("{", "{\"x\":" + "[".repeat(40) + "]".repeat(40) + ",");
			case "lone surrogate" -> this.good.replace(this.name, this.name + "\\ud800");
			default -> this.good.replace(this.name, this.name + "\\u0000");
		};
		JsonNode errors = Problem.assertProblem(post("application/x-ndjson", this.good + "\n" + row), 400)
			.get("errors");
		assertThat(errors.size()).isEqualTo(1);
		assertThat(errors.get(0).get("line").asInt()).isEqualTo(2);
		assertThat(Passenger.count(this.name)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "50, 100, false", "51, 100, true", "4000, 100, true" })
	void badValuesOfCsvRows(int rows, int reported, boolean more) {
		String row = "true,2," + this.name + ",male,x,0,0,-1\n";
		JsonNode problem = Problem.assertProblem(post("text/csv", CSV_HEADER + row.repeat(rows)), 400);
		assertThat(problem.get("errors").size()).isEqualTo(reported);
		assertThat(problem.get("detail").asString().contains("more than the 100")).isEqualTo(more);
		assertThat(Passenger.count(this.name)).isZero();
	}

	private static HttpResponse<String> post(String type, String body) {
		return Shared.FUNCTIONS.send("POST", "/postpassenger", body, "Content-Type", type);
	}

}
