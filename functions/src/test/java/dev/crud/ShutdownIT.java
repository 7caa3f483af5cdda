package dev.crud;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how a process ends that is asked to stop by SIGTERM.
 */
class ShutdownIT {

	private static final byte[] ROW = Body.example().toString().getBytes(StandardCharsets.UTF_8);

	private static final int HALF = ROW.length / 2;

	private static LocalPostgres postgres;

	@BeforeAll
	static void start() {
		postgres = LocalPostgres.start();
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	@Test
	void aRequestInFlightIsAnsweredAndTheProcessEndsWithZero() throws IOException {
		try (JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), null);
				Socket socket = new Socket("localhost", functions.port())) {
			assertThat(functions.get(Routes.LIST + "?limit=1").statusCode()).isEqualTo(200);
			socket.setSoTimeout(5000);
			OutputStream request = socket.getOutputStream();
			request.write(("POST " + Routes.POST
					+ " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
					+ "Content-Length: " + ROW.length + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			InputStream answer = socket.getInputStream();
			// When the server asks for the body, it has begun to handle the request.
			assertThat(new String(answer.readNBytes(25), StandardCharsets.US_ASCII))
				.startsWith("HTTP/1.1 100 Continue");
			request.write(ROW, 0, HALF);
			long asked = System.nanoTime();
			functions.terminate();
			Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> refusesConnections(functions.port()));
			request.write(ROW, HALF, ROW.length - HALF);
			assertThat(new String(answer.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 201");
			assertThat(functions.exitStatus(Duration.ofSeconds(10))).isZero();
			assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
		}
	}

	private static boolean refusesConnections(int port) {
		try (Socket socket = new Socket("localhost", port)) {
			return !socket.isConnected();
		}
		catch (IOException ex) {
			return true;
		}
	}

	@Test
	void aRequestThatNeverEndsDoesNotHoldUpTheEnd() throws IOException {
		try (JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), null);
				Socket socket = new Socket("localhost", functions.port())) {
			socket.getOutputStream()
				.write(("POST " + Routes.POST
						+ " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{")
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(functions.get("/hello").statusCode()).isEqualTo(200);
			long asked = System.nanoTime();
			functions.terminate();
			assertThat(functions.exitStatus(Duration.ofSeconds(10))).isZero();
			assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
		}
	}

	@Test
	void itsConnectionsToTheDatabaseAreClosedAndNothingIsLoggedAboutThat() throws SQLException {
		long before = lostSessions();
		try (JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), null)) {
			assertThat(functions.get(Routes.LIST).statusCode()).isEqualTo(200);
			assertThat(functions.get(Routes.LIST + "?limit=1").statusCode()).isEqualTo(200);
			functions.terminate();
			assertThat(functions.exitStatus(Duration.ofSeconds(10))).isZero();
			assertThat(functions.log()).doesNotContain("\"level\":\"WARN\"", "\"level\":\"ERROR\"", "Exception");
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> query("SELECT count(*) FROM pg_stat_activity WHERE usename = '" + Declaration.FUNCTIONS.role()
					+ "'") == 0);
		assertThat(lostSessions()).isEqualTo(before);
	}

	/** Returns the number of database sessions that ended without being closed. */
	private static long lostSessions() throws SQLException {
		return query("SELECT sessions_abandoned FROM pg_stat_database WHERE datname = '"
				+ Declaration.FUNCTIONS.database() + "'");
	}

	private static long query(String sql) throws SQLException {
		try (Connection connection = postgres.connect();
				ResultSet result = connection.createStatement().executeQuery(sql)) {
			result.next();
			return result.getLong(1);
		}
	}

}
