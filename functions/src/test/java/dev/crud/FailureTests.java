package dev.crud;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import dev.crud.function.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests whose failure an error is: ours, the database's or the client's; and what the log
 * says.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureTests {

	private static final String COLUMN = Body.COLUMNS.get(0).inDatabase();

	private static LocalPostgres postgres;

	@BeforeAll
	static void start() {
		postgres = LocalPostgres.start();
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	@ParameterizedTest(name = "{3}")
	@CsvSource(delimiter = '|', value = {
			"ALTER TABLE {TABLE} RENAME {COLUMN} TO other | ALTER TABLE {TABLE} RENAME other TO {COLUMN} | GET | 42703",
			"REVOKE SELECT ON {TABLE} FROM {READERS} | GRANT SELECT ON {TABLE} TO {READERS} | GET | 42501",
			"ALTER TABLE {TABLE} ADD CONSTRAINT c CHECK (version <> 1) NOT VALID | ALTER TABLE {TABLE} DROP CONSTRAINT c | POST | 23514" })
	@DisplayName("a statement of ours that is wrong is 500, and logged with its cause")
	void wrongStatementIsOurFailure(String fault, String repair, String method, String state, CapturedOutput output) {
		try (RunningFunctions functions = functions()) {
			execute(fault);
			Problem.assertProblem(request(functions, method), 500);
			execute(repair);
			assertThat(request(functions, method).statusCode()).isIn(200, 201);
		}
		assertThat(lines(output, "\"failed\"")).singleElement()
			.asString()
			.contains("\"level\":\"ERROR\"", "stack_trace", "[" + state + "]");
	}

	private static void execute(String sql) {
		postgres.execute(sql.replace("{TABLE}", Stored.TABLE)
			.replace("{COLUMN}", '"' + COLUMN + '"')
			.replace("{READERS}", Routes.name(Operation.LIST) + ", " + Routes.name(Operation.GET))
			.replace("{ROLE}", Declaration.FUNCTIONS.role()));
	}

	private static HttpResponse<String> request(RunningFunctions functions, String method) {
		return method.equals("GET") ? functions.get(Routes.LIST + "?limit=1")
				: functions.post(Body.example().toString());
	}

	@ParameterizedTest(name = "{2}")
	@CsvSource(delimiter = '|',
			value = { "ALTER TABLE {TABLE} RENAME TO others | ALTER TABLE others RENAME TO {TABLE} | not yet migrated",
					"ALTER ROLE {ROLE} NOLOGIN | ALTER ROLE {ROLE} LOGIN | not yet allowed to log in",
					"ALTER ROLE {ROLE} CONNECTION LIMIT 0 | ALTER ROLE {ROLE} CONNECTION LIMIT -1 | full" })
	@DisplayName("a database that is not ready is 503 with Retry-After, and logged with its cause")
	void databaseThatIsNotReadyIsUnavailable(String fault, String repair, String why, CapturedOutput output) {
		execute(fault);
		try (RunningFunctions functions = functions()) {
			HttpResponse<String> response = request(functions, "GET");
			Problem.assertProblem(response, 503);
			assertThat(response.headers().firstValue("Retry-After")).isPresent();
			execute(repair);
			assertThat(request(functions, "GET").statusCode()).isEqualTo(200);
		}
		assertThat(lines(output, "\"unavailable\"")).singleElement()
			.asString()
			.contains("\"level\":\"WARN\"", "stack_trace");
	}

	@Test
	@DisplayName("a database that is not there yet is 503")
	void missingDatabaseIsUnavailable() {
		try (RunningFunctions functions = RunningFunctions.all(postgres,
				"spring.r2dbc.url=" + postgres.r2dbcUrl() + "-not-yet")) {
			Problem.assertProblem(request(functions, "GET"), 503);
		}
	}

	@Test
	@DisplayName("a storm of the same failure is logged once, then summed up with its count")
	void stormIsSummedUp(CapturedOutput output) {
		try (RunningFunctions functions = functions()) {
			execute("ALTER TABLE {TABLE} RENAME {COLUMN} TO other");
			for (int i = 0; i < 50; i++) {
				Problem.assertProblem(request(functions, "GET"), 500);
			}
			execute("ALTER TABLE {TABLE} RENAME other TO {COLUMN}");
			Awaitility.await()
				.atMost(Duration.ofSeconds(15))
				.untilAsserted(() -> assertThat(lines(output, "\"failed, as before")).singleElement()
					.asString()
					.contains("\"count\":49", "column \\\"" + COLUMN + "\\\" does not exist"));
		}
		assertThat(lines(output, "\"failed\"")).hasSize(1);
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "application/json", "application/x-ndjson" })
	@DisplayName("a client that breaks its connection is no failure")
	void brokenConnectionIsNotLogged(String type, CapturedOutput output) throws IOException {
		try (RunningFunctions functions = functions()) {
			String before = functions.get(Routes.LIST).body();
			for (int i = 0; i < 20; i++) {
				try (Socket socket = new Socket("localhost", functions.port())) {
					socket.setSoLinger(true, 0);
					socket.getOutputStream()
						.write(("POST " + Routes.POST + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type
								+ "\r\nExpect: 100-continue\r\nContent-Length: 900\r\n\r\n")
							.getBytes(StandardCharsets.US_ASCII));
					// The server is reading the request now.
					assertThat(socket.getInputStream().read()).isEqualTo('H');
					socket.getOutputStream().write(Body.example().toString().getBytes(StandardCharsets.US_ASCII));
				}
			}
			assertThat(functions.get(Routes.LIST).body()).isEqualTo(before);
		}
		assertThat(output.getOut()).doesNotContain("unavailable", "failed", "\"level\":\"WARN\"",
				"\"level\":\"ERROR\"");
	}

	private static RunningFunctions functions() {
		return Shared.warm(RunningFunctions.all(postgres));
	}

	private static List<String> lines(CapturedOutput output, String part) {
		return output.getOut().lines().filter((line) -> line.contains("\"message\":" + part)).toList();
	}

}
