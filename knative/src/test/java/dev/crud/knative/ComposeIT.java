package dev.crud.knative;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests {@code docker compose up}, as a user runs it.
 */
class ComposeIT {

	private static final String SMALL_DISK = """
			services:
			  postgres:
			    volumes: !override ["credentials:/credentials:ro"]
			    tmpfs: ["/var/lib/postgresql:size=160m,mode=0777"]
			""";

	/** Leaves no byte, whatever the exit status of this says. */
	private static final String FILL = "cat /dev/zero >$PGDATA/../ballast || df $PGDATA";

	private static final String SQL = "PGPASSWORD=$(</credentials/postgres/password) psql -U postgres -d passengers "
			+ "-v ON_ERROR_STOP=1 -c '%s'";

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

	@Test
	void fullDiskIsToldAndLosesNothing(@TempDir Path directory) throws IOException {
		try (Stack stack = Stack.start(directory, SMALL_DISK)) {
			Http http = new Http(stack.url("functions"));
			http.await("/hello");
			BodyPublisher rows = BodyPublishers.ofString(Example.csvHeader() + Example.csvRow().repeat(20_000));
			int acknowledged = http.rows().size();
			inPostgres(stack, FILL);
			HttpResponse<String> answer = post(http, rows);
			while (answer.statusCode() == 201) {
				acknowledged += 20_000;
				answer = post(http, rows);
			}
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
			assertThat(answer.headers().firstValue("Retry-After")).isPresent();
			inPostgres(stack, "rm $PGDATA/../ballast");
			http.await("/passengerlist?limit=1");
			assertThat(http.rows()).hasSize(acknowledged);

			stack.run("stop", "functions");
			inPostgres(stack, SQL.formatted("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CHECKPOINT"));
			inPostgres(stack, FILL);
			assertThatThrownBy(() -> stack.run("run", "--rm", "setup")).message()
				.containsOnlyOnce("FAILED: ")
				.containsIgnoringCase("no space left");
			inPostgres(stack, "rm $PGDATA/../ballast");
			stack.run("run", "--rm", "setup");
			stack.run("start", "functions");
			Http again = new Http(stack.url("functions"));
			again.await("/hello");
			again.takeRoundTrip();
		}
	}

	private static HttpResponse<String> post(Http http, BodyPublisher rows) {
		return http.send("POST", "/postpassenger", rows, "Content-Type", "text/csv");
	}

	private static void inPostgres(Stack stack, String command) {
		stack.run("exec", "-T", "postgres", "bash", "-c", command);
	}

}
