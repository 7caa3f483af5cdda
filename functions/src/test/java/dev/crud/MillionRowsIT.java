package dev.crud;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.crud.function.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests lists of a million rows from a process with a heap of 64 MiB.
 */
@Tag("long")
class MillionRowsIT {

	private static final int ROWS = 1_000_000;

	private static LocalPostgres postgres;

	@BeforeAll
	static void load() {
		postgres = LocalPostgres.start();
		postgres.execute(Stored.insert(ROWS));
		postgres.execute("VACUUM ANALYZE " + Stored.TABLE);
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	@ParameterizedTest
	@CsvSource({ "application/json, 1000000", "application/x-ndjson, 1000000", "text/csv, 1000001",
			"text/event-stream, 1000000" })
	void allRowsStreamToASlowReader(String format, int expected) throws Exception {
		try (JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), Routes.name(Operation.LIST))) {
			assertThat(countRows(functions, format)).isEqualTo(expected);
			assertThat(functions.isAlive()).isTrue();
		}
	}

	private static int countRows(JarProcess functions, String format) throws Exception {
		HttpURLConnection connection = (HttpURLConnection) functions.uri(Routes.LIST).toURL().openConnection();
		connection.setRequestProperty("Accept", format);
		// In JSON, each row except the first follows a closing brace and a comma. In
		// other formats, each row ends a line that is not blank.
		boolean json = format.equals("application/json");
		int rows = json ? 1 : 0;
		int read = 0;
		int last = 0;
		try (InputStream body = new BufferedInputStream(connection.getInputStream(), 1 << 20)) {
			for (int b = body.read(); b >= 0; b = body.read()) {
				if (json ? (last == '}' && b == ',') : (b == '\n' && last != '\n')) {
					rows++;
				}
				last = b;
				// The reader pauses every 4 MiB; its first pause is a long one.
				if (++read % (4 << 20) == 0) {
					new CountDownLatch(1).await((read == 4 << 20) ? 2000 : 20, TimeUnit.MILLISECONDS);
				}
			}
		}
		return rows;
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1", "HTTP/1.0" })
	void aDatabaseThatFailsInMidStreamEndsTheConnectionAbnormally(String version) throws Exception {
		try (JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), Routes.name(Operation.LIST));
				Socket socket = new Socket("localhost", functions.port())) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write(("GET " + Routes.LIST + " " + version + "\r\nHost: a\r\nAccept: text/csv\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			InputStream answer = socket.getInputStream();
			assertThat(answer.readNBytes(100_000)).hasSize(100_000);
			postgres.kill();
			try {
				assertThatThrownBy(() -> readToTheEnd(answer)).isInstanceOf(IOException.class);
			}
			finally {
				postgres.restart();
			}
			assertThat(functions.get(Routes.LIST + "?limit=1").statusCode()).isEqualTo(200);
		}
	}

	/**
	 * Reads a chunked body, which must end with an empty chunk; otherwise it was cut off.
	 */
	private static void readToTheEnd(InputStream answer) throws IOException {
		byte[] buffer = new byte[65536];
		String tail = "";
		for (int read = answer.read(buffer); read >= 0; read = answer.read(buffer)) {
			tail = new String(buffer, 0, read, StandardCharsets.US_ASCII);
		}
		if (!tail.endsWith("0\r\n\r\n")) {
			throw new EOFException();
		}
	}

}
