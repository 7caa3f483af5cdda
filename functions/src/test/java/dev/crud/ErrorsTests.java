package dev.crud;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the errors, status by status.
 */
class ErrorsTests {

	private final RunningFunctions functions = Shared.emptied();

	@Test
	@DisplayName("application/problem+json (RFC 9457): type, title, status, detail, instance")
	void problemHasItsFiveMembers() {
		HttpResponse<String> response = this.functions.get("/unknown?a=b");
		JsonNode problem = Problem.assertProblem(response, 404);
		assertThat(problem.propertyNames()).containsExactly("type", "title", "status", "detail", "instance");
		assertThat(problem.get("title").asString()).isEqualTo("Not Found");
		assertThat(problem.get("instance").asString()).isEqualTo("/unknown");
	}

	@Test
	@DisplayName("for a bad body also errors")
	void problemOfABadBodyHasErrors() {
		JsonNode problem = Problem.assertProblem(this.functions.post("{}"), 400);
		assertThat(problem.propertyNames()).containsExactly("type", "title", "status", "detail", "instance", "errors");
		assertThat(problem.get("title").asString()).isEqualTo("Bad Request");
		assertThat(problem.get("errors").get(0).propertyNames()).containsExactly("pointer", "detail");
	}

	@ParameterizedTest(name = "uuid {0}")
	@ValueSource(strings = { "x", "0", "null", "*", "01890000000070008000000000000000",
			"%7B01890000-0000-7000-8000-000000000000%7D", "urn:uuid:01890000-0000-7000-8000-000000000000", "1-1-1-1-1",
			"01890000-0000-7000-8000-00000000000", "01890000-0000-7000-8000-0000000000000",
			"01890000-0000-7000-8000-00000000000g", "0189000-00000-7000-8000-000000000000",
			"01890000-0000-7000-8000-00000000000%30", "01890000-0000-7000-8000-000000000000%20",
			"01890000-0000-7000-8000-000000000000,x", "01890000_0000_7000_8000_000000000000",
			"%D9%A01890000-0000-7000-8000-00000000000", "'%20OR%201=1" })
	@DisplayName("400: uuid malformed (canonical 8-4-4-4-12 form only)")
	void malformedUuidIsRefused(String uuid) {
		int before = Stored.count();
		Problem.assertProblem(this.functions.get(Routes.GET + uuid), 400);
		Problem.assertProblem(this.functions.send("PUT", Routes.PUT + uuid, Body.other().toString(), "Content-Type",
				"application/json"), 400);
		Problem.assertProblem(this.functions.send("DELETE", Routes.DELETE + uuid, null), 400);
		assertThat(Stored.count()).isEqualTo(before);
	}

	@Test
	@DisplayName("uuid in either case")
	void uuidMayBeInUpperCase() {
		String uuid = Shared.create(Body.example());
		String upper = uuid.toUpperCase(java.util.Locale.ROOT);
		assertThat(this.functions.get(Routes.GET + upper).body()).isEqualTo(Body.example().answer(uuid));
		HttpResponse<String> replaced = this.functions.send("PUT", Routes.PUT + upper,
				Body.other().with("uuid", Body.quote(upper)).toString(), "Content-Type", "application/json");
		assertThat(replaced.statusCode()).isEqualTo(200);
		assertThat(replaced.body()).isEqualTo(Body.other().answer(uuid));
		assertThat(this.functions.send("DELETE", Routes.DELETE + upper, null).statusCode()).isEqualTo(204);
		Stored.assertNone(uuid);
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource({ "GET,{GET}/", "PUT,{PUT}/", "DELETE,{DELETE}/" })
	@DisplayName("404: no such row")
	void unknownUuidIsNotFound(String method, String path) {
		String body = method.equals("PUT") ? Body.example().toString() : null;
		for (String uuid : List.of(Routes.NOBODY, "00000000-0000-0000-0000-000000000000",
				"ffffffff-ffff-ffff-ffff-ffffffffffff", "9b2f1f6e-52c5-4d3c-9b1a-3f2b8f0e9d11")) {
			Problem.assertProblem(
					this.functions.send(method, Routes.fill(path) + uuid, body, "Content-Type", "application/json"),
					404);
		}
		assertThat(Stored.count()).isZero();
	}

	@ParameterizedTest(name = "Content-Type: {0}")
	@ValueSource(strings = { "text/plain", "application/xml", "application/x-www-form-urlencoded",
			"multipart/form-data", "text/json", "application/jsonp", "application/", "nonsense", "*/*", "application/*",
			"application/json; charset=iso-8859-1", "application/json; charset=nonsense" })
	@DisplayName("415 with Accept-Post or Accept")
	void otherTypesAreNotSupported(String type) {
		HttpResponse<String> posted = this.functions.send("POST", Routes.POST, Body.example().toString(),
				"Content-Type", type);
		Problem.assertProblem(posted, 415);
		assertThat(posted.headers().firstValue("Accept-Post"))
			.contains("application/json, application/x-ndjson, text/csv");
		String uuid = Shared.create(Body.example());
		HttpResponse<String> put = this.functions.send("PUT", Routes.PUT + uuid, Body.other().toString(),
				"Content-Type", type);
		Problem.assertProblem(put, 415);
		assertThat(put.headers().firstValue("Accept")).contains("application/json");
		assertThat(Stored.count()).isEqualTo(1);
		Stored.assertRow(uuid, Body.example());
	}

	@Test
	void noTypeIsNotSupported() {
		Problem.assertProblem(this.functions.send("POST", Routes.POST, Body.example().toString()), 415);
		assertThat(Stored.count()).isZero();
	}

	@ParameterizedTest(name = "PUT {0}")
	@ValueSource(strings = { "application/x-ndjson", "text/csv" })
	void putTakesOneRowOnly(String type) {
		String uuid = Shared.create(Body.example());
		Problem.assertProblem(
				this.functions.send("PUT", Routes.PUT + uuid, Body.other().toString(), "Content-Type", type), 415);
		Stored.assertRow(uuid, Body.example());
	}

	@Test
	@DisplayName("415 with Accept-Encoding for a compressed body")
	void compressedBodyIsNotSupported() {
		HttpResponse<String> response = this.functions.post(Body.example().toString(), "Content-Encoding", "gzip");
		Problem.assertProblem(response, 415);
		assertThat(response.headers().firstValue("Accept-Encoding")).contains("identity");
		assertThat(Stored.count()).isZero();
	}

	@Test
	@DisplayName("No answer tells who made it")
	void noAnswerTellsWhoMadeIt() {
		for (String target : List.of("/hello", "/unknown", Routes.LIST + "?limit=1", Routes.GET + "x")) {
			assertThat(this.functions.get(target).headers().map().keySet()).doesNotContain("server", "x-powered-by",
					"via", "x-application-context");
		}
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource({ "GET,/hello", "GET,/zero", "GET,{LIST}?limit=1", "GET,{GET}/x", "GET,/unknown", "POST,{POST}",
			"PUT,{PUT}/" + Routes.NOBODY, "DELETE,{DELETE}/" + Routes.NOBODY, "PATCH,/hello", "OPTIONS,/hello",
			"HEAD,/hello" })
	@DisplayName("No request header is copied into an answer")
	void noRequestHeaderIsCopied(String method, String target) {
		String marker = "marker" + UUID.randomUUID();
		HttpResponse<String> response = this.functions.send(method, Routes.fill(target),
				method.startsWith("P") ? Body.example().toString() : null, "Content-Type", "application/json",
				"Authorization", "Bearer " + marker, "Cookie", "session=" + marker, "X-Anything", marker,
				"X-Request-Id", marker, "X-Correlation-Id", marker, "Origin", "https://" + marker + ".example",
				"Referer", "https://" + marker, "User-Agent", marker, "Accept-Language", marker, "X-Forwarded-Host",
				marker, "X-Forwarded-For", marker, "Forwarded", "host=" + marker, "If-Match", '"' + marker + '"',
				"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "uuid", marker, "contentType",
				marker, "spring.cloud.function.definition", marker);
		assertThat(response.body()).doesNotContain(marker);
		Map<String, List<String>> headers = response.headers().map();
		assertThat(headers.toString()).doesNotContain(marker, "0af7651916cd43dd");
		assertThat(headers.keySet()).isSubsetOf("content-type", "content-length", "location", "etag", "allow", "vary",
				"link", "transfer-encoding", "accept-post", "accept");
	}

}
