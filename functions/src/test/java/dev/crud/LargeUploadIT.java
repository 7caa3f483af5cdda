package dev.crud;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;

import dev.crud.function.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the largest upload allowed, in a process with a heap of 64 MiB.
 */
@Tag("long")
class LargeUploadIT {

	private static final long MAX_BYTES = 100L * 1024 * 1024;

	private static LocalPostgres postgres;

	@BeforeAll
	static void start() {
		postgres = LocalPostgres.start();
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	static Stream<Arguments> formats() {
		return Stream.of(Arguments.of("application/x-ndjson", "", Body.example().toString()),
				Arguments.of("text/csv", Body.csvHeader(), Body.example().csv()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("formats")
	@DisplayName("100 MiB are inserted")
	void hundredMebibytesAreInserted(String type, String header, String row) throws Exception {
		long before = rows();
		try (JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), Routes.name(Operation.POST))) {
			HttpURLConnection connection = (HttpURLConnection) functions.uri(Routes.POST).toURL().openConnection();
			connection.setRequestMethod("POST");
			connection.setDoOutput(true);
			connection.setRequestProperty("Content-Type", type);
			connection.setRequestProperty("Idempotency-Key", type);
			connection.setChunkedStreamingMode(1 << 16);
			long sent = send(connection, header, row);
			assertThat(connection.getResponseCode()).isEqualTo(201);
			try (InputStream answer = connection.getInputStream()) {
				assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
					.isEqualTo("{\"inserted\":" + sent + "}");
			}
			assertThat(rows() - before).isEqualTo(sent);
			assertThat(functions.isAlive()).isTrue();
		}
	}

	private static long send(HttpURLConnection connection, String header, String row) throws IOException {
		long rows = 0;
		long left = MAX_BYTES;
		try (OutputStream body = new BufferedOutputStream(connection.getOutputStream(), 1 << 16)) {
			byte[] line = (header.isEmpty() ? "" : header + "\n").getBytes(StandardCharsets.UTF_8);
			body.write(line);
			left -= line.length;
			line = (row + "\n").getBytes(StandardCharsets.UTF_8);
			for (; left >= line.length; left -= line.length, rows++) {
				body.write(line);
				line = (row + "\n").getBytes(StandardCharsets.UTF_8);
			}
		}
		return rows;
	}

	private static long rows() throws SQLException {
		try (Connection connection = postgres.connect();
				ResultSet count = connection.createStatement().executeQuery("SELECT count(*) FROM " + Stored.TABLE)) {
			count.next();
			return count.getLong(1);
		}
	}

}
