package dev.crud;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests settings that a process can't start with.
 */
class BadSettingsIT {

	@ParameterizedTest(name = "{0}={1}")
	@CsvSource(delimiter = '|', value = { "SPRING_R2DBC_URL | ''", "SPRING_R2DBC_URL | nonsense",
			"SPRING_R2DBC_URL | jdbc:postgresql://x/y", "SPRING_R2DBC_URL | r2dbc:mysql://x/y",
			"SPRING_R2DBC_URL | r2dbc:postgresql://localhost:70000/x",
			"SPRING_R2DBC_URL | r2dbc:postgresql://localhost:port/x", "SPRING_R2DBC_URL | r2dbc:postgresql:///x",
			"SPRING_R2DBC_URL | r2dbc:postgresql://user:secret@localhost/x?connectTimeout=soon",
			"SPRING_R2DBC_URL | r2dbc:postgresql://localhost/x?sslMode=perhaps", "SPRING_R2DBC_USERNAME | ''",
			"SPRING_R2DBC_POOL_MAX_SIZE | many", "SPRING_R2DBC_POOL_MAX_SIZE | 0", "SPRING_R2DBC_POOL_MAX_SIZE | -1",
			"SPRING_R2DBC_POOL_MAX_SIZE | 9999999999", "SPRING_R2DBC_POOL_MAX_SIZE | ''", "SERVER_PORT | http",
			"SERVER_PORT | 65536", "SERVER_PORT | ''", "SERVER_ADDRESS | not.an.address.invalid",
			"SERVER_ADDRESS | 192.0.2.1" })
	@DisplayName("a bad setting ends in one line that names it, and status 1")
	void badSettingIsNamed(String name, String value) throws Exception {
		assertEndsNaming(name, value);
	}

	@Test
	@DisplayName("an unknown function ends in one line with the names there are")
	void unknownFunctionIsRefusedWithTheNamesThereAre() throws Exception {
		assertThat(assertEndsNaming("SPRING_CLOUD_FUNCTION_DEFINITION", "nosuch"))
			.contains(String.join(", ", Routes.names()));
	}

	@Test
	@DisplayName("keys for tokens without an issuer don't let everybody in")
	void keysWithoutAnIssuerAreRefused() throws Exception {
		assertThat(assertEnds("AUTH_KEYS", "keys.json")).contains("\"message\":\"AUTH_ISSUER is empty");
	}

	@Test
	@DisplayName("so does a port that is in use")
	void portInUseIsNamed() throws Exception {
		try (ServerSocket socket = new ServerSocket(0)) {
			assertEndsNaming("SERVER_PORT", Integer.toString(socket.getLocalPort()));
		}
	}

	private static String assertEndsNaming(String name, String value) throws IOException, InterruptedException {
		String output = assertEnds(name, value);
		assertThat(output).contains("\"message\":\"" + name);
		return output;
	}

	static String assertEnds(String name, String value) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-jar", JarProcess.JAR.toString())
			.redirectErrorStream(true);
		builder.environment().put("SERVER_PORT", "0");
		builder.environment().put(name, value);
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isEqualTo(1);
		assertThat(output.lines().filter((line) -> !line.contains("\"level\":\"INFO\""))).singleElement()
			.asString()
			.contains("\"level\":\"ERROR\"")
			.doesNotContain("stack_trace", "secret");
		return output;
	}

}
