package dev.crud.knative;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@code docker compose up}, as a user runs it.
 */
class ComposeIT {

	@Test
	void allFunctionsAnswerOnOnePortAndKeepTheirDataWhenRestarted(@TempDir Path directory) throws IOException {
		try (Stack stack = Stack.start(directory, "")) {
			Http http = new Http(stack.url("functions"));
			http.await("/hello");
			assertThat(http.send("GET", "/zero").body()).isEqualTo("{\"0\":\"\"}");
			http.takeRoundTrip();
			String before = http.send("GET", "/passengerlist").body();
			assertThat(before).contains("\"uuid\"");

			stack.run("down");
			stack.run("up", "-d");
			Http again = new Http(stack.url("functions"));
			again.await("/hello");
			assertThat(again.send("GET", "/passengerlist").body()).isEqualTo(before);
		}
	}

	@Test
	void settingsAreReadFromAFileBesideIt(@TempDir Path directory) throws IOException {
		Files.writeString(directory.resolve("functions.env"),
				"AUTH_ISSUER=https://issuer.example\nAUTH_KEYS=https://issuer.example/keys\n");
		try (Stack stack = Stack.start(directory, "")) {
			Http http = new Http(stack.url("functions"));
			http.await("/hello");
			assertThat(http.send("GET", "/passengerlist").statusCode()).isEqualTo(401);
		}
	}

}
