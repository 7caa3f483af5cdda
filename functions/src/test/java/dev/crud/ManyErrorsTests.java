package dev.crud;

import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies with more errors than anyone wants to read: at most 100 are reported, and the
 * detail says when there were more.
 */
class ManyErrorsTests {

	private static final int MAX_ROW_BYTES = 64 * 1024;

	private static final String CSV_HEADER = Body.csvHeader() + "\n";

	private final RunningFunctions functions = Shared.emptied();

	@ParameterizedTest
	@CsvSource({ "99, 99, false", "100, 100, false", "101, 100, true", "5000, 100, true" })
	void unknownFieldsOfOneObject(int fields, int reported, boolean more) {
		assertErrors(post("application/json", withUnknownFields(fields)), reported, more);
	}

	@ParameterizedTest
	@CsvSource({ "1, 100, 100, false", "1, 101, 100, true", "4, 25, 100, false", "4, 26, 100, true",
			"3000, 1, 100, true", "50, 2000, 100, true" })
	void unknownFieldsOfRows(int rows, int fields, int reported, boolean more) {
		assertErrors(post("application/x-ndjson", (withUnknownFields(fields) + "\n").repeat(rows)), reported, more);
	}

	@ParameterizedTest
	@CsvSource({ "99, 99, false", "100, 100, false", "101, 100, true", "4000, 100, true" })
	void badValuesOfCsvRows(int rows, int reported, boolean more) {
		String row = Body.example().withText(Body.COLUMNS.get(0), "\u0000").csv() + "\n";
		assertErrors(post("text/csv", CSV_HEADER + row.repeat(rows)), reported, more);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 50, 4000 })
	void csvRowsOfBadValuesAlone(int rows) {
		String row = Body.COLUMNS.stream().map((column) -> "\u0000").collect(Collectors.joining(",", "", "\n"));
		int errors = rows * Body.COLUMNS.size();
		assertErrors(post("text/csv", CSV_HEADER + row.repeat(rows)), Math.min(errors, 100), errors > 100);
	}

	@ParameterizedTest
	@CsvSource({ "100, 100, false", "101, 100, true", "6000, 100, true" })
	void unknownColumnsOfCsv(int columns, int reported, boolean more) {
		String unknown = IntStream.range(0, columns).mapToObj((i) -> "c" + i).collect(Collectors.joining(","));
		assertErrors(post("text/csv", unknown + "," + CSV_HEADER), reported, more);
	}

	@Test
	@DisplayName("a field that is bad and there 150 times has one entry, and hides no other")
	void oneEntryForEachBadField() {
		String first = Body.COLUMNS.get(0).name();
		String body = Body.example()
			.with("extra", "1")
			.toString()
			.replace("{", "{" + ("\"" + first + "\":null,").repeat(150));
		assertErrors(post("application/json", body), 2, false);
		assertErrors(post("application/x-ndjson", (body + "\n").repeat(3)), 6, false);
		String unknown = "extra,".repeat(150) + Body.csvHeader() + "," + first;
		assertErrors(post("text/csv", unknown + "\n"), 2, false);
	}

	@ParameterizedTest
	@DisplayName("a name longer than any field's is not sent back")
	@ValueSource(strings = { "application/json", "application/x-ndjson" })
	void longNamesAreNotRepeated(String type) {
		String body = Body.example().with("n".repeat(60_000), "1").toString();
		HttpResponse<String> response = post(type, body);
		assertErrors(response, 1, false);
		assertThat(response.body()).contains("60000 characters").hasSizeLessThan(500);
	}

	/** As many lines as one upload of 6.5 MB has, each as long as it may be. */
	@ParameterizedTest
	@ValueSource(strings = { "{\"\":1" + ",\"\":1", "{\"FIELD\":1" + ",\"FIELD\":1", "{\"\":{}" + ",\"\":[]" })
	void rowsOfNothingButDuplicates(String start) {
		String first = start.replace("FIELD", Body.COLUMNS.get(0).name());
		String pair = first.substring(first.indexOf(','));
		String row = first + pair.repeat((MAX_ROW_BYTES - first.length() - 1) / pair.length()) + "}\n";
		assertErrors(post("application/x-ndjson", row.repeat(100)), 100, true);
	}

	private String withUnknownFields(int count) {
		String unknown = IntStream.range(0, count).mapToObj((i) -> ",\"x" + i + "\":1").collect(Collectors.joining());
		String good = Body.example().toString();
		return good.substring(0, good.length() - 1) + unknown + "}";
	}

	private HttpResponse<String> post(String type, String body) {
		return this.functions.send("POST", Routes.POST, body, "Content-Type", type);
	}

	private void assertErrors(HttpResponse<String> response, int reported, boolean more) {
		JsonNode problem = Problem.assertProblem(response, 400);
		assertThat(problem.get("errors").size()).isEqualTo(reported);
		assertThat(problem.get("detail").asString().contains("more than the 100")).isEqualTo(more);
		assertThat(Stored.count()).isZero();
	}

}
