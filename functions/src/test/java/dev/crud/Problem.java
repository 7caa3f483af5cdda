package dev.crud;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asserts that an answer is a problem (RFC 9457) and reveals nothing more.
 */
public final class Problem {

	/** Words that would reveal how the functions are built or where they run. */
	private static final String[] SECRETS = { "Exception", "dev.crud", "java.", "jackson", "netty", "spring",
			"postgres", "localhost", "SELECT", "INSERT", "UPDATE ", Declaration.TABLE.name() + "_", "\tat " };

	private Problem() {
	}

	public static JsonNode assertProblem(HttpResponse<String> response, int status) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		JsonNode problem = assertProblem(response.body(), status);
		assertThat(problem.get("instance").asString()).isEqualTo(response.request().uri().getRawPath());
		return problem;
	}

	public static JsonNode assertProblem(String body, int status) {
		JsonNode problem = Body.parse(body);
		assertThat(problem.get("type").asString()).isEqualTo("about:blank");
		assertThat(problem.get("title").asString()).isNotBlank();
		assertThat(problem.get("status").isInt()).isTrue();
		assertThat(problem.get("status").asInt()).isEqualTo(status);
		assertThat(problem.get("detail").asString()).isNotBlank();
		assertThat(problem.get("instance").asString()).startsWith("/");
		assertThat(body).doesNotContain(SECRETS);
		return problem;
	}

	/**
	 * Returns the pointers of the bad fields.
	 * @param problem a problem
	 * @return the pointers; empty when there are no errors
	 */
	public static List<String> pointers(JsonNode problem) {
		return StreamSupport.stream(problem.path("errors").spliterator(), false)
			.peek((error) -> assertThat(error.get("detail").asString()).isNotBlank())
			.map((error) -> error.get("pointer").asString())
			.toList();
	}

}
