package dev.crud;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests entity tags and the requests that depend on them (RFC 9110, section 13).
 */
class ConditionsTests {

	private final RunningFunctions functions = Shared.FUNCTIONS;

	private final HttpResponse<String> created = this.functions.post(Body.example().toString());

	private final String uuid = Body.parse(this.created.body()).get("uuid").asString();

	private final String etag = etag(this.created);

	@Test
	@DisplayName("GET, POST and PUT answer with a strong ETag")
	void etagIsStrongAndTheSameUntilTheRowChanges() {
		assertThat(this.etag).matches("\"[!#-~]+\"");
		assertThat(etag(get())).isEqualTo(this.etag);
		assertThat(etag(get())).isEqualTo(this.etag);
		HttpResponse<String> replaced = put(Body.other());
		assertThat(etag(replaced)).matches("\"[!#-~]+\"");
		assertThat(etag(get())).isEqualTo(etag(replaced));
	}

	@Test
	@DisplayName("ETag changes with every change of the row, and never back")
	void etagChangesWithEveryChange() {
		assertThat(List.of(this.etag, etag(put(Body.other())), etag(put(Body.variant(3))), etag(put(Body.example()))))
			.doesNotHaveDuplicates();
		Stored.assertRow(this.uuid, Body.example());
	}

	@ParameterizedTest(name = "If-None-Match: {0}")
	@ValueSource(strings = { "E", "W/E", "*", "\"x\", E", "\"x\",W/E , \"y\"", "\"a,b\", E" })
	@DisplayName("If-None-Match on GET: 304")
	void knownRowIsNotModified(String value) {
		for (String method : List.of("GET", "HEAD")) {
			HttpResponse<String> response = this.functions.send(method, Routes.GET + this.uuid, null, "If-None-Match",
					value.replace("E", this.etag));
			assertThat(response.statusCode()).isEqualTo(304);
			assertThat(response.body()).isEmpty();
			assertThat(etag(response)).isEqualTo(this.etag);
		}
	}

	@ParameterizedTest(name = "If-None-Match: {0}")
	@ValueSource(strings = { "\"x\"", "W/\"x\"", "\"x\", \"y\"", "nonsense", "\"*\"" })
	void unknownRowIsAnswered(String value) {
		HttpResponse<String> response = get("If-None-Match", value);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(Body.example().answer(this.uuid));
	}

	@Test
	void changedRowIsAnsweredAgain() {
		put(Body.other());
		HttpResponse<String> response = get("If-None-Match", this.etag);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(Body.other().answer(this.uuid));
	}

	@ParameterizedTest(name = "If-Match: {0}")
	@ValueSource(strings = { "E", "*", "\"x\", E", "W/\"x\",E,\"y\"" })
	void matchingRowIsReplacedAndDeleted(String value) {
		HttpResponse<String> replaced = put(Body.other(), "If-Match", value.replace("E", this.etag));
		assertThat(replaced.statusCode()).isEqualTo(200);
		assertThat(replaced.body()).isEqualTo(Body.other().answer(this.uuid));
		Stored.assertRow(this.uuid, Body.other());
		HttpResponse<String> deleted = delete("If-Match", value.replace("E", etag(replaced)));
		assertThat(deleted.statusCode()).isEqualTo(204);
		Stored.assertNone(this.uuid);
	}

	@ParameterizedTest(name = "If-Match: {0}")
	@ValueSource(strings = { "\"x\"", "\"x\", \"y\"", "W/E", "\"x\", W/E", "\"*\"", "nonsense", "\"0\"", "\"-1\"",
			"\"99999999999999999999\"" })
	@DisplayName("If-Match on PUT and DELETE: 412 when it does not match; a weak tag never does")
	void otherRowIsNeitherReplacedNorDeleted(String value) {
		String header = value.replace("E", this.etag);
		Problem.assertProblem(put(Body.other(), "If-Match", header), 412);
		Problem.assertProblem(delete("If-Match", header), 412);
		Stored.assertRow(this.uuid, Body.example());
		assertThat(etag(get())).isEqualTo(this.etag);
	}

	@Test
	void staleTagReplacesAndDeletesNothing() {
		put(Body.other());
		Problem.assertProblem(put(Body.example(), "If-Match", this.etag), 412);
		Problem.assertProblem(delete("If-Match", this.etag), 412);
		Stored.assertRow(this.uuid, Body.other());
	}

	@Test
	@DisplayName("no such row is 404 whatever the condition (RFC 9110, section 13.2.1)")
	void conditionOnNoRowIsNotFound() {
		delete();
		Problem.assertProblem(put(Body.other(), "If-Match", this.etag), 404);
		Problem.assertProblem(put(Body.other(), "If-Match", "*"), 404);
		Problem.assertProblem(delete("If-Match", this.etag), 404);
		Problem.assertProblem(get("If-None-Match", "*"), 404);
		Stored.assertNone(this.uuid);
	}

	@RepeatedTest(3)
	@DisplayName("concurrent PUTs with the same If-Match: exactly one succeeds")
	void exactlyOneOfConcurrentReplacementsWins() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Callable<HttpResponse<String>>> puts = IntStream.range(0, 8)
				.<Callable<HttpResponse<String>>>mapToObj((i) -> () -> put(Body.variant(i), "If-Match", this.etag))
				.toList();
			int winner = -1;
			List<Future<HttpResponse<String>>> answers = threads.invokeAll(puts);
			for (int i = 0; i < 8; i++) {
				if (answers.get(i).get().statusCode() == 200) {
					assertThat(winner).as("one winner").isEqualTo(-1);
					winner = i;
				}
				else {
					Problem.assertProblem(answers.get(i).get(), 412);
				}
			}
			Stored.assertRow(this.uuid, Body.variant(winner));
		}
		finally {
			threads.shutdown();
		}
	}

	private HttpResponse<String> get(String... headers) {
		return this.functions.get(Routes.GET + this.uuid, headers);
	}

	private HttpResponse<String> put(Body body, String... headers) {
		String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
		all[headers.length] = "Content-Type";
		all[headers.length + 1] = "application/json";
		return this.functions.send("PUT", Routes.PUT + this.uuid, body.toString(), all);
	}

	private HttpResponse<String> delete(String... headers) {
		return this.functions.send("DELETE", Routes.DELETE + this.uuid, null, headers);
	}

	private static String etag(HttpResponse<String> response) {
		return response.headers().firstValue("ETag").orElse("");
	}

}
