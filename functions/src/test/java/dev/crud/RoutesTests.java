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
 * The addresses of the seven functions and their methods.
 */
class RoutesTests {

	private static final String UUID = "01890000-0000-7000-8000-000000000000";

	private static final String SURVIVOR = "t|2|%s|male|27|0|0|13";

	private final RunningFunctions functions = Shared.FUNCTIONS;

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
				"spring.r2dbc.url=r2dbc:postgresql://localhost:1/passengers")) {
			assertJson(alone.get("/hello"), 200, "{\"message\":\"ok\"}");
			assertJson(alone.get("/zero"), 200, "{\"0\":\"\"}");
			long start = System.nanoTime();
			HttpResponse<String> unavailable = alone.get("/getpassenger/" + UUID);
			assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
			Problem.assertProblem(unavailable, 503);
			assertThat(unavailable.headers().firstValue("Retry-After").orElse("")).matches("\\d+");
		}
	}

	@Test
	@DisplayName("GET /passengerlist: 200 JSON array of all passengers")
	void passengerlistAnswersAllPassengers() {
		String uuid = Shared.create(Body.of(Body.uniqueName()));
		HttpResponse<String> response = this.functions.get("/passengerlist");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(response.body()).contains("{\"uuid\":\"" + uuid + "\",");
		assertThat(Body.parse(response.body()).size())
			.isEqualTo(Integer.parseInt(Shared.query("SELECT count(*) FROM passengers").get(0)));
	}

	@Test
	@DisplayName("POST /postpassenger: 201 + Location: /getpassenger/{uuid}, the created passenger")
	void postpassengerCreates() {
		Body body = Body.of(Body.uniqueName());
		HttpResponse<String> response = this.functions.post(body.toString());
		String uuid = Body.parse(response.body()).get("uuid").asString();
		assertJson(response, 201, body.answer(uuid));
		assertThat(response.headers().firstValue("Location")).contains("/getpassenger/" + uuid);
		assertThat(Shared.row(uuid)).containsExactly(SURVIVOR.formatted(name(body)));
		assertThat(java.util.UUID.fromString(uuid).version()).as("UUIDv7").isEqualTo(7);
	}

	@Test
	@DisplayName("GET /getpassenger/{uuid}: 200 the passenger")
	void getpassengerAnswersThePassenger() {
		Body body = Body.of(Body.uniqueName());
		String uuid = Shared.create(body);
		assertJson(this.functions.get("/getpassenger/" + uuid), 200, body.answer(uuid));
	}

	@Test
	@DisplayName("PUT /putpassenger/{uuid}: 200 the passenger as it now is (full replacement)")
	void putpassengerReplacesAllFields() {
		String uuid = Shared.create(Body.of(Body.uniqueName()));
		Body other = Body.of(Body.uniqueName())
			.with("survived", "false")
			.with("passengerClass", "3")
			.with("sex", "\"female\"")
			.with("age", "0.42")
			.with("siblingsOrSpousesAboard", "4")
			.with("parentsOrChildrenAboard", "5")
			.with("fare", "7.25");
		assertJson(put(uuid, other), 200, other.answer(uuid));
		assertThat(Shared.row(uuid)).containsExactly("f|3|" + name(other) + "|female|0.42|4|5|7.25");
		assertJson(this.functions.get("/getpassenger/" + uuid), 200, other.answer(uuid));
	}

	@Test
	@DisplayName("DELETE /deletepassenger/{uuid}: 204, no body; a second time 404")
	void deletepassengerDeletes() {
		String uuid = Shared.create(Body.of(Body.uniqueName()));
		HttpResponse<String> response = this.functions.send("DELETE", "/deletepassenger/" + uuid, null);
		assertThat(response.statusCode()).isEqualTo(204);
		assertThat(response.body()).isEmpty();
		assertThat(Shared.row(uuid)).isEmpty();
		Problem.assertProblem(this.functions.send("DELETE", "/deletepassenger/" + uuid, null), 404);
	}

	@ParameterizedTest(name = "HEAD {0}")
	@ValueSource(strings = { "/hello", "/zero", "/passengerlist", "/passengerlist?limit=1", "/getpassenger/{uuid}" })
	void headWorksWhereverGetDoes(String path) {
		String target = path.replace("{uuid}", Shared.create(Body.of(Body.uniqueName())));
		HttpResponse<String> get = this.functions.get(target);
		HttpResponse<String> head = this.functions.send("HEAD", target, null);
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
		assertThat(head.headers().firstValue("Content-Type")).isEqualTo(get.headers().firstValue("Content-Type"));
		assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
	}

	@Test
	void headOfAnUnknownPassengerIsNotFound() {
		HttpResponse<String> head = this.functions.send("HEAD", "/getpassenger/" + UUID, null);
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
		String get = "GET, HEAD, OPTIONS";
		return Stream.of(Arguments.of("/hello", get), Arguments.of("/zero", get), Arguments.of("/passengerlist", get),
				Arguments.of("/getpassenger/" + UUID, get), Arguments.of("/postpassenger", "POST, OPTIONS"),
				Arguments.of("/putpassenger/" + UUID, "PUT, OPTIONS"),
				Arguments.of("/deletepassenger/" + UUID, "DELETE, OPTIONS"));
	}

	@ParameterizedTest(name = "{0} {1}: 404")
	@CsvSource({ "GET,/", "GET,/unknown", "GET,/unknown/" + UUID, "GET,/HELLO", "GET,/hello/", "GET,/hello//",
			"GET,//hello", "GET,/hello/x", "GET,/./hello", "GET,/zero/", "GET,/zero/x", "GET,/passengerlist/",
			"GET,/passengerlist/" + UUID, "GET,/getpassenger", "GET,/getpassenger/", "GET,/getpassenger//" + UUID,
			"GET,//getpassenger/" + UUID, "GET,/getpassenger/" + UUID + "/", "GET,/getpassenger/" + UUID + "/x",
			"GET,/" + UUID, "POST,/postpassenger/", "POST,/postpassenger/" + UUID, "PUT,/putpassenger",
			"PUT,/putpassenger/", "PUT,/putpassenger/" + UUID + "/", "PUT,/putpassenger/" + UUID + "/x",
			"DELETE,/deletepassenger", "DELETE,/deletepassenger/", "DELETE,/deletepassenger/" + UUID + "/x",
			"OPTIONS,/unknown", "GET,/actuator", "GET,/actuator/health", "GET,/error", "GET,/favicon.ico",
			"GET,/index.html", "GET,/functionRouter", "POST,/functionRouter", "GET,'/hello,zero'",
			"GET,/hello%7Czero" })
	void nothingElseIsFound(String method, String path) {
		Problem.assertProblem(this.functions.send(method, path, null), 404);
	}

	@ParameterizedTest(name = "{0}: 200")
	@ValueSource(strings = { "/hello?", "/hello?a=b&name=", "/zero?limit=nonsense",
			"/getpassenger/{uuid}?limit=0&x=%00", "/passengerlist?limit=1&unknown=1&unknown=2&Limit=nonsense" })
	void queryParametersThatNoFunctionDefinesAreIgnored(String path) {
		String uuid = Shared.create(Body.of(Body.uniqueName()));
		assertThat(this.functions.get(path.replace("{uuid}", uuid)).statusCode()).isEqualTo(200);
	}

	private HttpResponse<String> put(String uuid, Body body) {
		return this.functions.send("PUT", "/putpassenger/" + uuid, body.toString(), "Content-Type", "application/json");
	}

	private static String name(Body body) {
		return Body.parse(body.toString()).get("name").asString();
	}

	private static void assertJson(HttpResponse<String> response, int status, String body) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(response.body()).isEqualTo(body);
	}

}
