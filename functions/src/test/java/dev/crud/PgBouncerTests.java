package dev.crud;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the functions behind a PgBouncer in transaction mode, where each transaction may
 * get another connection. They have more connections to it than it has to Postgres.
 * PgBouncer logs in with SCRAM on either side. Skipped where there is no PgBouncer.
 */
@SuppressWarnings("NullAway.Init")
class PgBouncerTests {

	private static final String CONFIGURATION = """
			[databases]
			* = host=localhost port=%d
			[pgbouncer]
			listen_addr = localhost
			listen_port = %d
			unix_socket_dir =
			auth_type = scram-sha-256
			auth_file = %s
			pool_mode = transaction
			default_pool_size = 3
			ignore_startup_parameters = extra_float_digits
			""";

	@TempDir
	private static Path directory;

	private static LocalPostgres postgres;

	private static Process bouncer;

	private static RunningFunctions functions;

	@BeforeAll
	static void start() throws IOException {
		Path program = Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer")
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst()
			.orElse(null);
		if (program == null) {
			System.err.println("SKIPPED: there is no pgbouncer");
		}
		Assumptions.assumeTrue(program != null, "no pgbouncer");
		postgres = LocalPostgres.start();
		postgres.execute("DELETE FROM " + Stored.TABLE);
		int port = freePort();
		bouncer = start(String.valueOf(program), port);
		functions = Shared.warm(RunningFunctions.all(postgres, "spring.r2dbc.pool.max-size=20",
				"spring.r2dbc.url=r2dbc:postgresql://localhost:" + port + "/" + Declaration.FUNCTIONS.database()
						+ "?preparedStatementCacheQueries=0"));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static Process start(String program, int port) throws IOException {
		Path users = Files.writeString(directory.resolve("users.txt"),
				"\"%s\" \"%s\"\n".formatted(Declaration.FUNCTIONS.role(), LocalPostgres.PASSWORD));
		Path configuration = Files.writeString(directory.resolve("pgbouncer.ini"),
				CONFIGURATION.formatted(postgres.port(), port, users));
		List<String> command = Stream
			.concat(Stream.of(program, configuration.toString()),
					"root".equals(System.getProperty("user.name")) ? Stream.of("-u", "nobody") : Stream.empty())
			.toList();
		Files.setPosixFilePermissions(directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(directory.resolve("log").toFile())
			.start();
		Awaitility.await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> {
			new Socket("localhost", port).close();
			return true;
		});
		return process;
	}

	@AfterAll
	static void stop() {
		if (functions != null) {
			functions.close();
			bouncer.destroy();
			postgres.close();
		}
	}

	@Test
	void rowIsWrittenAndRead() {
		HttpResponse<String> posted = functions.post(Body.example().toString());
		assertThat(posted.statusCode()).isEqualTo(201);
		String uuid = Body.parse(posted.body()).get("uuid").asString();
		HttpResponse<String> got = functions.get(Routes.GET + uuid);
		assertThat(got.body()).isEqualTo(posted.body());
		String etag = got.headers().firstValue("ETag").orElseThrow();
		assertThat(put(uuid, etag)).isEqualTo(200);
		assertThat(put(uuid, etag)).isEqualTo(412);
		assertThat(functions.send("DELETE", Routes.DELETE + uuid, null).statusCode()).isEqualTo(204);
		assertThat(functions.get(Routes.GET + uuid).statusCode()).isEqualTo(404);
	}

	private static int put(String uuid, String etag) {
		return functions
			.send("PUT", Routes.PUT + uuid, Body.other().toString(), "Content-Type", "application/json", "If-Match",
					etag)
			.statusCode();
	}

	@Test
	@DisplayName("bulk uploads, Idempotency-Key, long lists through a cursor and counts")
	void transactionsKeepTheirConnection() {
		String rows = (Body.example() + "\n").repeat(2500);
		for (int again = 0; again < 2; again++) {
			HttpResponse<String> posted = functions.send("POST", Routes.POST, rows, "Content-Type",
					"application/x-ndjson", "Idempotency-Key", "once");
			assertThat(posted.body()).isEqualTo("{\"inserted\":2500}");
		}
		HttpResponse<String> list = functions.get(Routes.LIST + "?count=true", "Accept", "application/x-ndjson");
		assertThat(list.body().lines().filter((line) -> line.contains("\"uuid\""))).hasSizeGreaterThanOrEqualTo(2500);
		HttpResponse<String> page = functions.get(Routes.LIST + "?limit=1000&count=estimated");
		assertThat(Body.parse(page.body()).size()).isEqualTo(1000);
		assertThat(page.headers().firstValue("X-Total-Count")).isPresent();
	}

	@Test
	void manyRequestsShareFewConnections() {
		List<Integer> statuses = IntStream.range(0, 400).parallel().mapToObj((i) -> switch (i % 4) {
			case 0 -> functions.post(Body.example().toString());
			case 1 -> functions.get(Routes.LIST + "?limit=10");
			case 2 -> functions.get(Routes.LIST);
			default -> functions.get(Routes.GET + Routes.NOBODY);
		}).map(HttpResponse::statusCode).distinct().sorted().toList();
		assertThat(statuses).isEqualTo(List.of(200, 201, 404));
	}

}
