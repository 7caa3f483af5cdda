package dev.crud;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.crud.function.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a process that serves one function alone, as on the function's own host.
 */
@ParameterizedClass(name = "{0} alone")
@MethodSource("functions")
class SingleFunctionTests {

	private static @Nullable RunningFunctions running;

	@Parameter(0)
	String name = "";

	@Parameter(1)
	String method = "";

	@Parameter(2)
	boolean takesUuid;

	@Parameter(3)
	int success;

	private final String uuid = Shared.create(Body.example());

	@BeforeParameterizedClassInvocation
	static void start(String name) {
		running = RunningFunctions.only(Shared.POSTGRES, name);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		alone().close();
	}

	static Stream<Arguments> functions() {
		return Declaration.FUNCTIONS.all().stream().map((function) -> switch (function.operation()) {
			case CONSTANT, LIST -> Arguments.of(function.name(), "GET", false, 200);
			case GET -> Arguments.of(function.name(), "GET", true, 200);
			case POST -> Arguments.of(function.name(), "POST", false, 201);
			case PUT -> Arguments.of(function.name(), "PUT", true, 200);
			case DELETE -> Arguments.of(function.name(), "DELETE", true, 204);
		});
	}

	static List<String> names() {
		return Routes.names();
	}

	private static RunningFunctions alone() {
		return Objects.requireNonNull(running);
	}

	@Test
	@DisplayName("/<function>[/<uuid>] is the long form")
	void longFormAnswers() {
		assertOwnAnswer(send(this.takesUuid ? "/" + this.name + "/" + this.uuid : "/" + this.name));
	}

	@Test
	@DisplayName("/ or /<uuid> is the short form")
	void shortFormAnswers() {
		assertOwnAnswer(send(this.takesUuid ? "/" + this.uuid : "/"));
	}

	@Test
	@DisplayName("/ without the uuid, or with one that the function does not take, is 404")
	void otherShortFormIsNotFound() {
		Problem.assertProblem(send(this.takesUuid ? "/" : "/" + this.uuid), 404);
	}

	@ParameterizedTest(name = "/{0} is 404 if it is another function")
	@MethodSource("names")
	void everyOtherFunctionIsNotFound(String other) {
		if (!other.equals(this.name)) {
			for (String path : new String[] { "/" + other, "/" + other + "/" + this.uuid }) {
				for (String verb : new String[] { "GET", "POST", "PUT", "DELETE", "OPTIONS" }) {
					Problem.assertProblem(alone().send(verb, path, null), 404);
				}
			}
		}
	}

	@ParameterizedTest(name = "{0}: 404")
	@ValueSource(strings = { "/hello,zero", "/zero,hello", "/{self},zero", "/{self}%7Czero", "/{self}%2Czero",
			"/hello%7Czero", "/functionRouter", "/edge", "/limits" })
	void nothingElseIsReached(String path) {
		String target = path.replace("{self}", this.name);
		Problem.assertProblem(send(target), 404);
		Problem.assertProblem(alone().send("POST", target, "{}", "Content-Type", "application/json"), 404);
	}

	@Test
	@DisplayName("a|b in the target, not encoded, reaches nothing")
	void unencodedCompositionReachesNothing() {
		String response = RawHttp.exchange(alone(),
				this.method + " /" + this.name + "|zero HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
		assertThat(RawHttp.status(response)).isIn(400, 404);
		Problem.assertProblem(RawHttp.body(response), RawHttp.status(response));
	}

	@ParameterizedTest(name = "header {0}: {1}")
	@CsvSource({ "spring.cloud.function.definition,zero", "spring.cloud.function.definition,hello",
			"spring.cloud.function.routing-expression,'''zero'''", "function.name,zero", "function-name,zero",
			"X-HTTP-Method-Override,DELETE", "X-Forwarded-Prefix,/zero", "X-Original-URL,/zero", "ce-type,zero" })
	void noHeaderReachesAnotherFunction(String header, String value) {
		assertOwnAnswer(send(this.takesUuid ? "/" + this.uuid : "/", header, value));
		Problem.assertProblem(send("/functionRouter", header, value), 404);
	}

	@Test
	@DisplayName("any other method on / is 405 with Allow")
	void anyOtherMethodIsNotAllowed() {
		HttpResponse<String> response = alone().send("PATCH", this.takesUuid ? "/" + this.uuid : "/", null);
		Problem.assertProblem(response, 405);
		assertThat(response.headers().firstValue("Allow").orElse("")).startsWith(this.method).endsWith("OPTIONS");
	}

	private HttpResponse<String> send(String target, String... header) {
		String[] headers = { "Content-Type", "application/json", "X-Unused", "x" };
		System.arraycopy(header, 0, headers, 4 - 2, header.length);
		boolean sendsBody = this.method.startsWith("P");
		return alone().send(this.method, target, sendsBody ? Body.other().toString() : null, headers);
	}

	private void assertOwnAnswer(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(this.success);
		Operation operation = Declaration.FUNCTIONS.all()
			.stream()
			.filter((function) -> function.name().equals(this.name))
			.findFirst()
			.orElseThrow()
			.operation();
		switch (operation) {
			case CONSTANT -> assertThat(response.body()).isEqualTo(Shared.FUNCTIONS.get("/" + this.name).body());
			case LIST -> assertThat(response.body()).startsWith("[{\"uuid\":\"").endsWith("}]");
			case GET -> assertThat(response.body()).isEqualTo(Body.example().answer(this.uuid));
			case POST -> {
				String created = response.headers().firstValue("Location").orElse("").replace(Routes.GET, "");
				assertThat(response.body()).isEqualTo(Body.other().answer(created));
				Stored.assertRow(created, Body.other());
			}
			case PUT -> {
				assertThat(response.body()).isEqualTo(Body.other().answer(this.uuid));
				Stored.assertRow(this.uuid, Body.other());
			}
			case DELETE -> Stored.assertNone(this.uuid);
		}
	}

}
