package dev.crud;

import java.net.http.HttpResponse;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the paths of the functions and their methods.
 */
class RoutesTests {

	private static final String UUID = Routes.NOBODY;

	private final RunningFunctions functions = Shared.emptied();

	@Test
	@DisplayName("GET /hello: 200 {\"message\":\"ok\"}")
	void helloAnswersOk() {
		assertJson(this.functions.get("/hello"), 200, "{\"message\":\"ok\"}");
	}

	@Test
	@DisplayName("GET /zero: 200 {\"0\":\"\"}")
	void zeroAnswersAnEmptyZero() {
		assertJson(this.functions.get("/zero"), 200, "{\"0\":\"\"}");
	}

	@Test
	@DisplayName("hello and zero touch no database; others answer 503 without one")
	void helloAndZeroTouchNoDatabase() {
		try (RunningFunctions alone = RunningFunctions.all(Shared.POSTGRES,
				"spring.r2dbc.url=r2dbc:postgresql://localhost:1/" + Declaration.FUNCTIONS.database())) {
			assertJson(alone.get("/hello"), 200, "{\"message\":\"ok\"}");
			assertJson(alone.get("/zero"), 200, "{\"0\":\"\"}");
			long start = System.nanoTime();
			HttpResponse<String> unavailable = alone.get(Routes.GET + UUID);
			assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
			Problem.assertProblem(unavailable, 503);
			assertThat(unavailable.headers().firstValue("Retry-After").orElse("")).matches("\\d+");
		}
	}

	@Test
	@DisplayName("LIST: 200 JSON array of all rows")
	void listAnswersAllRows() {
		String uuid = Shared.create(Body.example());
		HttpResponse<String> response = this.functions.get(Routes.LIST);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(response.body()).contains("{\"uuid\":\"" + uuid + "\",");
		assertThat(Body.parse(response.body()).size()).isEqualTo(Stored.count());
	}

	@Test
	@DisplayName("POST: 201 + Location: the path of GET, the created row")
	void postCreates() {
		Body body = Body.example();
		HttpResponse<String> response = this.functions.post(body.toString());
		String uuid = Body.parse(response.body()).get("uuid").asString();
		assertJson(response, 201, body.answer(uuid));
		assertThat(response.headers().firstValue("Location")).contains(Routes.GET + uuid);
		Stored.assertRow(uuid, body);
		assertThat(java.util.UUID.fromString(uuid).version()).as("UUIDv7").isEqualTo(7);
	}

	@Test
	@DisplayName("GET: 200 the row")
	void getAnswersTheRow() {
		Body body = Body.example();
		String uuid = Shared.create(body);
		assertJson(this.functions.get(Routes.GET + uuid), 200, body.answer(uuid));
	}

	@Test
	@DisplayName("PUT: 200 the row as it now is (full replacement)")
	void putReplacesAllFields() {
		String uuid = Shared.create(Body.example());
		Body other = Body.other();
		assertJson(put(uuid, other), 200, other.answer(uuid));
		Stored.assertRow(uuid, other);
		assertJson(this.functions.get(Routes.GET + uuid), 200, other.answer(uuid));
	}

	@Test
	@DisplayName("DELETE: 204, no body; a second time 404")
	void deleteDeletes() {
		String uuid = Shared.create(Body.example());
		HttpResponse<String> response = this.functions.send("DELETE", Routes.DELETE + uuid, null);
		assertThat(response.statusCode()).isEqualTo(204);
		assertThat(response.body()).isEmpty();
		Stored.assertNone(uuid);
		Problem.assertProblem(this.functions.send("DELETE", Routes.DELETE + uuid, null), 404);
	}

	@ParameterizedTest(name = "HEAD {0}")
	@ValueSource(strings = { "/hello", "/zero", "{LIST}", "{LIST}?limit=1", "{GET}/{uuid}" })
	void headWorksWhereverGetDoes(String path) {
		String target = Routes.fill(path).replace("{uuid}", Shared.create(Body.example()));
		HttpResponse<String> get = this.functions.get(target);
		HttpResponse<String> head = this.functions.send("HEAD", target, null);
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
		assertThat(head.headers().firstValue("Content-Type")).isEqualTo(get.headers().firstValue("Content-Type"));
		assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
	}

	@Test
	void headOfAnUnknownRowIsNotFound() {
		HttpResponse<String> head = this.functions.send("HEAD", Routes.GET + UUID, null);
		assertThat(head.statusCode()).isEqualTo(404);
		assertThat(head.body()).isEmpty();
	}

	@ParameterizedTest(name = "OPTIONS {0}: Allow: {1}")
	@MethodSource("methods")
	void optionsAnswersAllow(String path, String allow) {
		HttpResponse<String> response = this.functions.send("OPTIONS", path, null);
		assertThat(response.statusCode()).isEqualTo(204);
		assertThat(response.headers().firstValue("Allow")).contains(allow);
		assertThat(response.body()).isEmpty();
	}

	@ParameterizedTest(name = "any method on {0} but {1}: 405")
	@MethodSource("methods")
	void anyOtherMethodIsNotAllowed(String path, String allow) {
		Stream.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PURGE", "get")
			.filter((method) -> !allow.contains(method))
			.forEach((method) -> {
				HttpResponse<String> response = this.functions.send(method, path, null);
				assertThat(response.statusCode()).as(method).isEqualTo(405);
				assertThat(response.headers().firstValue("Allow")).as(method).contains(allow);
				if (!method.equals("HEAD")) {
					Problem.assertProblem(response, 405);
				}
			});
	}

	static Stream<Arguments> methods() {
		return Declaration.FUNCTIONS.all().stream().map((function) -> switch (function.operation()) {
			case CONSTANT, LIST -> Arguments.of(function.path(), "GET, HEAD, OPTIONS");
			case GET -> Arguments.of(Routes.GET + UUID, "GET, HEAD, OPTIONS");
			case POST -> Arguments.of(Routes.POST, "POST, OPTIONS");
			case PUT -> Arguments.of(Routes.PUT + UUID, "PUT, OPTIONS");
			case DELETE -> Arguments.of(Routes.DELETE + UUID, "DELETE, OPTIONS");
		});
	}

	@ParameterizedTest(name = "{0} {1}: 404")
	@CsvSource({ "GET,/", "GET,/unknown", "GET,/unknown/" + UUID, "GET,/HELLO", "GET,/hello/", "GET,/hello//",
			"GET,//hello", "GET,/hello/x", "GET,/./hello", "GET,/zero/", "GET,/zero/x", "GET,{LIST}/",
			"GET,{LIST}/" + UUID, "GET,{GET}", "GET,{GET}/", "GET,{GET}//" + UUID, "GET,/{GET}/" + UUID,
			"GET,{GET}/" + UUID + "/", "GET,{GET}/" + UUID + "/x", "GET,/" + UUID, "POST,{POST}/",
			"POST,{POST}/" + UUID, "PUT,{PUT}", "PUT,{PUT}/", "PUT,{PUT}/" + UUID + "/", "PUT,{PUT}/" + UUID + "/x",
			"DELETE,{DELETE}", "DELETE,{DELETE}/", "DELETE,{DELETE}/" + UUID + "/x", "OPTIONS,/unknown",
			"GET,/actuator", "GET,/actuator/health", "GET,/error", "GET,/favicon.ico", "GET,/index.html",
			"GET,/functionRouter", "POST,/functionRouter", "GET,'/hello,zero'", "GET,/hello%7Czero" })
	void nothingElseIsFound(String method, String path) {
		Problem.assertProblem(this.functions.send(method, Routes.fill(path), null), 404);
	}

	@ParameterizedTest(name = "{0}: 200")
	@ValueSource(strings = { "/hello?", "/hello?a=b&name=", "/zero?limit=nonsense", "{GET}/{uuid}?limit=0&x=%00",
			"{LIST}?limit=1&unknown=1&unknown=2&Limit=nonsense" })
	void queryParametersThatNoFunctionDefinesAreIgnored(String path) {
		String uuid = Shared.create(Body.example());
		assertThat(this.functions.get(Routes.fill(path).replace("{uuid}", uuid)).statusCode()).isEqualTo(200);
	}

	private HttpResponse<String> put(String uuid, Body body) {
		return this.functions.send("PUT", Routes.PUT + uuid, body.toString(), "Content-Type", "application/json");
	}

	private static void assertJson(HttpResponse<String> response, int status, String body) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(response.body()).isEqualTo(body);
	}

}
