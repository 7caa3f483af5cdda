package dev.crud.knative;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;

import dev.crud.Declaration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a real nginx in front of the real functions, each in a container of its own.
 */
class SingleHostIT {

	private static @Nullable Stack running;

	private static Http http;

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException {
		// nginx runs as another user than this test.
		Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
		Stack stack = Stack.start(directory, SingleHost.compose(directory));
		running = stack;
		http = new Http(stack.url("single-host"));
		// What is not up yet is answered with 503.
		Declaration.FUNCTIONS.all()
			.forEach((function) -> Awaitility.await()
				.atMost(Duration.ofMinutes(2))
				.ignoreExceptions()
				.until(() -> http.send("OPTIONS", "/" + function.name()).statusCode() < 500));
		http.await("/passengerlist?limit=1");
	}

	@AfterAll
	static void stop() {
		if (running != null) {
			running.close();
		}
	}

	private static Stack stack() {
		return Objects.requireNonNull(running);
	}

	@Test
	void nginxFindsNoFaultWithItsConfiguration() {
		assertThat(stack().run("exec", "-T", "single-host", "nginx", "-t", "-c", "/etc/single-host/nginx.conf"))
			.contains("test is successful")
			.doesNotContain("[warn]");
	}

	@Test
	void theRoundTripGoesThroughAllFunctions() {
		http.takeRoundTrip();
	}

	@Test
	void aFunctionIsAskedByItsNameAndLearnsTheClientsAddressAndToken() {
		assertThat(
				http.send("GET", "/zero?a=%2f%20b", "X-Forwarded-For", "203.0.113.7", "Authorization", "Bearer a.b.c")
					.body())
			.matches("zero\\.passengers\\.svc\\.example\\.internal 203\\.0\\.113\\.7, [0-9.]+ /zero\\?a=%2f%20b "
					+ "Bearer a\\.b\\.c");
	}

	@Test
	void twoTokensAreAProblem() {
		assertThat(http.raw("GET /zero HTTP/1.1\r\nAuthorization: Bearer a.b.c\r\nAuthorization: Bearer d.e.f"))
			.startsWith("HTTP/1.1 400")
			.contains("\"status\":400,");
	}

	@ParameterizedTest
	@CsvSource({ "GET /nope,404,/nope", "GET /,404,/", "GET //hello,404,//hello", "GET /hello/,404,/hello/",
			"GET /hellox,404,/hellox", "GET /getpassenger/../hello,404,/getpassenger/../hello",
			"GET /%68ello,404,/%68ello", "GET /a\"b,404,/", "GET /hel%lo,400,/", "TRACE /hello,405,/hello",
			"POST /hello,405,/hello" })
	void whatIsNotThereIsAProblem(String target, int status, String instance) {
		String response = http.raw(target + " HTTP/1.1");
		assertThat(response).startsWith("HTTP/1.1 " + status)
			.containsIgnoringCase("content-type: application/problem+json")
			.contains("\"status\":" + status + ",")
			.endsWith("\"instance\":\"" + instance + "\"}");
		assertThat(response.contains("Allow: GET, HEAD, OPTIONS") || response.contains("allow: GET, HEAD, OPTIONS"))
			.isEqualTo(status == 405);
	}

	@ParameterizedTest
	@CsvSource({ "9000,0,414", "17000,0,414", "1,17000,431", "1,15000,200" })
	void whatIsTooLongIsAProblem(int target, int header, int status) {
		String response = http.raw("GET /hello?" + "a".repeat(target) + " HTTP/1.1\r\nX-Long: " + "b".repeat(header));
		assertThat(response).startsWith("HTTP/1.1 " + status);
		assertThat(response.contains("\"status\":" + status + ",")).isEqualTo(status != 200);
	}

	@ParameterizedTest
	@CsvSource({ "POST,/postpassenger,1000000", "POST,/postpassenger,10000000",
			"PUT,/putpassenger/00000000-0000-7000-8000-000000000000,10000000" })
	void aBodyThatIsTooLargeIsRefusedByTheFunction(String method, String target, int bytes) {
		HttpResponse<String> response = http.send(method, target,
				BodyPublishers.ofString("{\"name\":\"" + "x".repeat(bytes) + "\"}"), "Content-Type",
				"application/json");
		assertThat(response.statusCode()).isEqualTo(413);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
	}

	@Test
	void uploadsAndListsStreamThrough() {
		int rows = 100_000;
		long before = listed();
		byte[] csv = (Example.csvHeader() + Example.csvRow().repeat(rows)).getBytes(StandardCharsets.UTF_8);
		HttpResponse<String> posted = http.send("POST", "/postpassenger",
				BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(csv)), "Content-Type", "text/csv");
		assertThat(posted.statusCode()).isEqualTo(201);
		assertThat(posted.body()).isEqualTo("{\"inserted\":" + rows + "}");
		assertThat(listed()).isEqualTo(before + rows);
	}

	private static long listed() {
		return http.send("GET", "/passengerlist", "Accept", "application/x-ndjson").body().lines().count();
	}

	@ParameterizedTest
	@CsvSource({ "/openapi.yaml,application/yaml", "/openapi.json,application/json" })
	void theContractIsServed(String path, String type) {
		HttpResponse<String> response = http.send("GET", path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
		if (path.endsWith(".yaml")) {
			assertThat(response.body()).isEqualTo(Project.read("install/openapi.yaml"));
		}
		else {
			assertThat(response.body()).startsWith("{\"openapi\":\"3.1.");
		}
	}

	@Test
	void aVersionOfTheContractIsAProblem() {
		assertThat(http.raw("GET /openapi.yaml HTTP/1.1\r\nIf-Match: \"1\"")).startsWith("HTTP/1.1 412")
			.contains("\"status\":412,");
	}

	@Test
	void aFunctionThatIsNotThereIsUnavailableForNow() {
		stack().run("stop", "-t", "5", "hello");
		HttpResponse<String> response = http.send("GET", "/hello?access_token=a.b.c", "Authorization", "Bearer d.e.f");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
		assertThat(response.body()).contains("\"status\":503,");
		assertThat(stack().run("logs", "single-host"))
			.contains("\"method\":\"GET\",\"path\":\"/hello\",\"status\":503,")
			.doesNotContain("a.b.c", "d.e.f");
		stack().run("start", "hello");
		http.await("/hello");
	}

}
