package dev.crud;

import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the formats of a list and how a client chooses one.
 */
class FormatsTests {

	private static final String CSV_HEADER = "uuid," + Body.csvHeader() + "\r\n";

	private final RunningFunctions functions = Shared.emptied();

	private final String first = Shared.create(Body.example());

	private final String second = Shared.create(Body.example());

	@Test
	void jsonIsAnArray() {
		assertList("application/json", "[" + answer(this.first) + "," + answer(this.second) + "]", "[]");
	}

	@Test
	@DisplayName("Accept: application/x-ndjson streams one object a line")
	void ndjsonIsOneObjectALine() {
		assertList("application/x-ndjson", answer(this.first) + "\n" + answer(this.second) + "\n", "");
	}

	@Test
	@DisplayName("Accept: text/csv: a CSV with a header")
	void csvHasAHeader() {
		String row = "," + Body.example().csv() + "\r\n";
		assertList("text/csv", CSV_HEADER + this.first + row + this.second + row, CSV_HEADER);
	}

	@Test
	@DisplayName("Accept: text/event-stream: one event a row")
	void eventStreamIsOneEventARow() {
		assertList("text/event-stream", "data:" + answer(this.first) + "\n\ndata:" + answer(this.second) + "\n\n", "");
	}

	private void assertList(String type, String body, String empty) {
		for (String page : List.of("", "&limit=2", "&sort=uuid")) {
			assertBody(get("?" + page, type), type, body);
			assertBody(get("?after=ffffffff-ffff-ffff-ffff-ffffffffffff" + page, type), type, empty);
		}
		HttpResponse<String> limited = get("?limit=1", type);
		assertThat(limited.headers().firstValue("Link").orElse("")).endsWith("rel=\"next\"");
		assertThat(limited.body()).contains(this.first).doesNotContain(this.second);
	}

	private static void assertBody(HttpResponse<String> response, String type, String body) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
		assertThat(response.body()).isEqualTo(body);
	}

	@Test
	@DisplayName("a line of NDJSON is the JSON of the single row")
	void ndjsonLineIsTheJsonOfTheSingleRow() {
		assertThat(get("?limit=1", "application/x-ndjson").body())
			.isEqualTo(this.functions.get(Routes.GET + this.first).body() + "\n");
	}

	@ParameterizedTest(name = "Accept: {0} gives {1}")
	@CsvSource({ "*/*,application/json", "application/*,application/json", "text/*,text/csv",
			"APPLICATION/X-NDJSON,application/x-ndjson", "'application/json, text/csv',application/json",
			"'text/csv, application/json;q=0.9',text/csv", "'application/json;q=0.1, text/csv;q=0.2',text/csv",
			"'application/json;q=0, */*',application/x-ndjson",
			"'text/html, application/xhtml+xml, */*;q=0.8',application/json",
			"'text/event-stream, */*;q=0.1',text/event-stream", "'image/png, text/csv;q=0.001',text/csv",
			"'*/*;q=0.1, application/x-ndjson',application/x-ndjson", "text/csv;charset=utf-8,text/csv",
			"'foo, text/html;q=x, text/csv',text/csv", "'text/html, *; q=.2, */*; q=.2',application/json" })
	void acceptChoosesWithItsWeights(String accept, String type) {
		HttpResponse<String> response = get("?limit=1", accept);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
		assertThat(response.body()).contains(this.first);
	}

	@ParameterizedTest(name = "Accept: {0}")
	@ValueSource(strings = { "text/html", "application/xml", "image/*", "application/json;q=0", "*/*;q=0",
			"text/csv;q=0, text/html",
			"application/json;q=0, text/csv;q=0, text/event-stream;q=0, application/x-ndjson;q=0" })
	@DisplayName("no format that the client takes: 406")
	void otherFormatsAreNotAcceptable(String accept) {
		Problem.assertProblem(get("?limit=1", accept), 406);
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource({ "GET,/hello", "GET,/zero", "GET,{GET}/", "POST,{POST}", "PUT,{PUT}/" })
	@DisplayName("what answers JSON only: 406 for another format, and nothing is done")
	void otherFunctionsAnswerJsonOnly(String method, String path) {
		int before = Stored.count();
		String target = Routes.fill(path.endsWith("/") ? path + this.first : path);
		String body = method.startsWith("P") ? Body.other().toString() : null;
		for (String accept : List.of("text/csv", "text/html", "application/json;q=0")) {
			HttpResponse<String> response = this.functions.send(method, target, body, "Accept", accept, "Content-Type",
					"application/json");
			Problem.assertProblem(response, 406);
		}
		assertThat(Stored.count()).isEqualTo(before);
		Stored.assertRow(this.first, Body.example());
	}

	private HttpResponse<String> get(String query, String accept) {
		return this.functions.get(Routes.LIST + query, "Accept", accept);
	}

	private String answer(String uuid) {
		return Body.example().answer(uuid);
	}

}
