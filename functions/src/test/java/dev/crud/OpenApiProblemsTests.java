package dev.crud;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each example problem of the OpenAPI document is the real answer, except for
 * {@code instance}: a shared example has the path of one of the functions that share it.
 */
@SuppressWarnings("NullAway.Init")
class OpenApiProblemsTests {

	private static final RunningFunctions FUNCTIONS = Shared.FUNCTIONS;

	private static final String END = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";

	@TempDir
	private static Path directory;

	private static RunningFunctions guarded;

	@BeforeAll
	static void start() throws IOException {
		guarded = TokensTests.guarded("auth.keys=" + TokensTests.keys(directory.resolve("keys.json")));
	}

	@AfterAll
	static void stop() {
		guarded.close();
	}

	private final String key = "/01890000-0000-7000-8000-000000000000";

	@ParameterizedTest(name = "{0}")
	@MethodSource("problems")
	void problemIsAsDescribed(String name, FunctionDeclaration function, JsonNode example) {
		JsonNode answered = Body.parse(provoke(name, function));
		assertThat(withoutInstance(answered)).isEqualTo(withoutInstance(example));
	}

	/**
	 * Returns all problems except those that take long or can't be provoked: 408, 500 and
	 * the slow count.
	 */
	static Stream<Arguments> problems() {
		return Declaration.FUNCTIONS.all()
			.stream()
			.flatMap((function) -> OpenApiDocument.problems(function)
				.entrySet()
				.stream()
				.filter((problem) -> !problem.getKey().matches("408.*|500.*|503 count"))
				.map((problem) -> Arguments.of(problem.getKey(), Named.of(function.name(), function),
						problem.getValue())));
	}

	private String provoke(String name, FunctionDeclaration function) {
		String path = function.path() + (function.operation().takesKey() ? this.key : "");
		String method = function.operation().method();
		String valid = OpenApiDocument.body("application/json").toString();
		boolean body = method.equals("POST") || method.equals("PUT");
		Map<String, Supplier<String>> requests = new HashMap<>();
		requests.put("400", () -> RawHttp.body(RawHttp.exchange(FUNCTIONS, "NONSENSE\r\n\r\n")));
		requests.put("400 http", () -> RawHttp.body(RawHttp.exchange(FUNCTIONS, "NONSENSE\r\n\r\n")));
		requests.put("400 query", () -> FUNCTIONS.get(path + "?limit=0").body());
		requests.put("400 key", () -> send(method, function.path() + "/unknown", body ? valid : null));
		requests.put("400 field", () -> send(method, path, with(valid)));
		requests.put("400 body", () -> send(method, path, "[]"));
		requests.put("400 line", () -> send(method, path, with(valid), "Content-Type", "application/x-ndjson"));
		requests.put("400 idempotencyKey", () -> send(method, path, valid, "Idempotency-Key", "a b"));
		requests.put("401 token", () -> guarded.send(method, path, null).body());
		requests.put("403 scope",
				() -> guarded.send(method, path, null, "Authorization", "Bearer " + TokensTests.signed("none")).body());
		requests.put("404 row", () -> send(method, path, body ? valid : null));
		requests.put("404 path", () -> FUNCTIONS.get("/nothing").body());
		requests.put("406", () -> send(method, path, body ? valid : null, "Accept", "image/png"));
		requests.put("411", () -> raw(method + " " + path + END + "Content-Type: application/json\r\n\r\n"));
		requests.put("412",
				() -> send(method, function.path() + "/" + created(), body ? valid : null, "If-Match", "\"0\""));
		requests.put("413 one", () -> raw(
				method + " " + path + END + "Content-Type: application/json\r\nContent-Length: 65537\r\n\r\n"));
		requests.put("413 many",
				() -> raw(method + " " + path + END + "Content-Type: text/csv\r\nContent-Length: 104857601\r\n\r\n"));
		requests.put("414", () -> raw("GET /" + "a".repeat(9000) + END + "\r\n"));
		requests.put("415 type", () -> send(method, path, valid, "Content-Type", "image/png"));
		requests.put("415 encoding", () -> send(method, path, valid, "Content-Encoding", "gzip"));
		requests.put("422", () -> {
			send(method, path, valid, "Idempotency-Key", "used");
			return send(method, path, valid + " ", "Idempotency-Key", "used");
		});
		requests.put("431", () -> raw("GET /" + END + "X-Large: " + "a".repeat(20_000) + "\r\n\r\n"));
		requests.put("503 database", () -> unavailable());
		return Objects.requireNonNull(requests.get(name), name).get();
	}

	private static String with(String body) {
		return ((ObjectNode) Body.parse(body)).put("unknown", 1).toString();
	}

	private static String created() {
		String post = Declaration.FUNCTIONS.of(Operation.POST).path();
		String body = OpenApiDocument.body("application/json").toString();
		return Body.parse(send("POST", post, body)).get("uuid").asString();
	}

	private static String unavailable() {
		try (RunningFunctions alone = RunningFunctions.all(Shared.POSTGRES,
				"spring.r2dbc.url=r2dbc:postgresql://localhost:1/none")) {
			return alone.get(Declaration.FUNCTIONS.of(Operation.LIST).path()).body();
		}
	}

	private static String raw(String request) {
		return RawHttp.body(RawHttp.exchange(FUNCTIONS, request));
	}

	private static String send(String method, String path, @Nullable String body, String... headers) {
		boolean typed = Stream.of(headers).anyMatch("Content-Type"::equals);
		return FUNCTIONS
			.send(method, path, body,
					typed ? headers
							: Stream.concat(Stream.of(headers), Stream.of("Content-Type", "application/json"))
								.toArray(String[]::new))
			.body();
	}

	private static JsonNode withoutInstance(JsonNode problem) {
		return ((ObjectNode) problem.deepCopy()).without("instance");
	}

}
