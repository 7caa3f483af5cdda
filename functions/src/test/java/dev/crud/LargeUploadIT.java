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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.crud.function.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the largest upload allowed, in a process with a heap of 64 MiB, and one that
 * takes its time.
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
			HttpURLConnection connection = begin(functions, type);
			connection.setRequestProperty("Idempotency-Key", type);
			long sent = send(connection, header, row);
			assertInserted(connection, sent);
			assertThat(rows() - before).isEqualTo(sent);
			assertThat(functions.isAlive()).isTrue();
		}
	}

	@Test
	@DisplayName("fewer rows than a statement inserts may come slowly, for longer than a role's transactions may idle")
	void rowsThatComeSlowlyAreInserted() throws Exception {
		try (JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), Routes.name(Operation.POST))) {
			HttpURLConnection connection = begin(functions, "application/x-ndjson");
			byte[] row = (Body.example() + " ".repeat(2000) + "\n").getBytes(StandardCharsets.UTF_8);
			int seconds = 70;
			try (OutputStream body = connection.getOutputStream()) {
				for (int i = 0; i < seconds; i++) {
					body.write(row);
					body.flush();
					TimeUnit.SECONDS.sleep(1);
				}
			}
			assertInserted(connection, seconds);
		}
	}

	private static HttpURLConnection begin(JarProcess functions, String type) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) functions.uri(Routes.POST).toURL().openConnection();
		connection.setRequestMethod("POST");
		connection.setDoOutput(true);
		connection.setRequestProperty("Content-Type", type);
		connection.setChunkedStreamingMode(1 << 16);
		return connection;
	}

	private static void assertInserted(HttpURLConnection connection, long rows) throws IOException {
		assertThat(connection.getResponseCode()).isEqualTo(201);
		try (InputStream answer = connection.getInputStream()) {
			assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
				.isEqualTo("{\"inserted\":" + rows + "}");
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
