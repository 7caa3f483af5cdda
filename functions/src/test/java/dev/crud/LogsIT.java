package dev.crud;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what a process logs.
 */
class LogsIT {

	private static final JsonMapper JSON = new JsonMapper();

	@Test
	@DisplayName("each line is a JSON object, and none has a token in it, even when all of them are written")
	void eachLineIsJsonWithoutATokenInIt(@TempDir Path directory) throws IOException {
		Map<String, String> settings = Map.of("AUTH_ISSUER", TokensTests.ISSUER, "AUTH_KEYS",
				TokensTests.keys(directory.resolve("keys.json")).toString(), "LOGGING_LEVEL_ROOT", "debug");
		String token = TokensTests.signed(TokensTests.READ);
		String signature = token.substring(token.lastIndexOf('.') + 1);
		try (LocalPostgres postgres = LocalPostgres.start();
				JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), null, settings)) {
			assertThat(status(functions, "GET", Routes.LIST, token)).isEqualTo(200);
			assertThat(status(functions, "POST", Routes.POST, token)).isEqualTo(403);
			assertThat(status(functions, "GET", Routes.LIST + "?access_token=" + token, token)).isEqualTo(400);
			assertThat(status(functions, "GET", Routes.LIST, "a" + token)).isEqualTo(401);
			functions.terminate();
			functions.exitStatus(Duration.ofSeconds(10));
			assertThat(functions.log()).contains("\"level\":\"DEBUG\"", "\"message\":\"started\"")
				.doesNotContain(signature);
			assertThat(functions.log().lines()).allMatch((line) -> JSON.readTree(line).isObject());
		}
	}

	private static int status(JarProcess functions, String method, String target, String token) {
		return RunningFunctions
			.send(HttpRequest.newBuilder(functions.uri(target))
				.method(method, HttpRequest.BodyPublishers.noBody())
				.header("Authorization", "Bearer " + token)
				.build())
			.statusCode();
	}

}
