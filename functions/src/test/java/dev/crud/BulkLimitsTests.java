package dev.crud;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests bodies of many rows that end too early or never.
 */
class BulkLimitsTests {

	private static final long MAX_BYTES = 100L * 1024 * 1024;

	private final RunningFunctions functions = Shared.emptied();

	private final String rows = (Body.example() + "\n").repeat(1500);

	@Test
	@DisplayName("more than 100 MiB, told by Content-Length: 413")
	void declaredLengthOfMoreThan100MebibytesIsRefused() {
		String response = RawHttp.exchange(this.functions,
				head("Content-Length: " + (MAX_BYTES + 1)) + Body.example() + "\n");
		assertThat(RawHttp.status(response)).isEqualTo(413);
		Problem.assertProblem(RawHttp.body(response), 413);
		assertThat(Stored.count()).isZero();
	}

	@Test
	@DisplayName("more than 100 MiB in chunks: 413, and nothing inserted")
	void chunksOfMoreThan100MebibytesAreRefused() throws IOException {
		try (Socket socket = RawHttp.connect(this.functions)) {
			sendChunks(socket);
			String response = RawHttp.readAll(socket);
			assertThat(RawHttp.status(response)).isEqualTo(413);
			Problem.assertProblem(RawHttp.body(response), 413);
		}
		assertThat(Stored.count()).isZero();
	}

	/**
	 * Sends one valid row and then a line of spaces that is too long to be kept in
	 * memory.
	 */
	private void sendChunks(Socket socket) throws IOException {
		byte[] spaces = new byte[1024 * 1024];
		java.util.Arrays.fill(spaces, (byte) ' ');
		try {
			OutputStream out = socket.getOutputStream();
			out.write(ascii(head("Transfer-Encoding: chunked")));
			byte[] row = ascii(Body.example() + "\n");
			out.write(ascii(Integer.toHexString(row.length) + "\r\n"));
			out.write(row);
			for (int i = 0; i < 100; i++) {
				out.write(ascii("\r\n" + Integer.toHexString(spaces.length) + "\r\n"));
				out.write(spaces);
			}
			out.flush();
		}
		catch (SocketException ex) {
			// The server may stop reading as soon as it knows that it refuses the body.
		}
	}

	@Test
	@DisplayName("a body cut off half-way inserts nothing")
	void bodyCutOffInsertsNothing() throws IOException {
		cutOff(head("Content-Length: " + (this.rows.length() * 2)) + this.rows);
		cutOff(head("Transfer-Encoding: chunked") + Integer.toHexString(this.rows.length()) + "\r\n" + this.rows
				+ "\r\n");
		assertNothingIsInserted();
	}

	@Test
	@DisplayName("a CSV cut off half-way inserts nothing")
	void csvCutOffInsertsNothing() throws IOException {
		String csv = Body.csvHeader() + "\r\n" + (Body.example().csv() + "\r\n").repeat(2500);
		cutOff(head("Content-Length: " + (csv.length() + 1)).replace("application/x-ndjson", "text/csv") + csv);
		assertNothingIsInserted();
	}

	@Test
	@DisplayName("a single row cut off half-way inserts nothing")
	void rowCutOffInsertsNothing() throws IOException {
		String json = Body.example().toString();
		cutOff(head("Content-Length: " + (json.length() + 1)).replace("application/x-ndjson", "application/json")
				+ json);
		assertNothingIsInserted();
	}

	@Test
	@DisplayName("hanging up in mid-request or failing uses up no connection of the pool")
	void poolSurvivesManyThatHangUpOrFail() throws IOException {
		for (int i = 0; i < 30; i++) {
			cutOff(head("Content-Length: " + (this.rows.length() + 1)) + this.rows);
			Problem.assertProblem(
					this.functions.send("POST", Routes.POST, this.rows + "bad", "Content-Type", "application/x-ndjson"),
					400);
		}
		assertThat(this.functions.get(Routes.LIST + "?limit=1").statusCode()).isEqualTo(200);
		assertNothingIsInserted();
	}

	@Test
	@DisplayName("a list that nobody reads to its end uses up no connection of the pool")
	void poolSurvivesManyThatStopReading() throws IOException {
		this.functions.send("POST", Routes.POST, this.rows, "Content-Type", "application/x-ndjson");
		for (int i = 0; i < 30; i++) {
			try (Socket socket = RawHttp.connect(this.functions)) {
				socket.getOutputStream().write(ascii("GET " + Routes.LIST + " HTTP/1.1\r\nHost: x\r\n\r\n"));
				assertThat(socket.getInputStream().read()).isEqualTo('H');
			}
		}
		assertThat(this.functions.get(Routes.LIST + "?limit=1").statusCode()).isEqualTo(200);
		assertThat(Stored.count()).isEqualTo(1500);
	}

	private static String head(String length) {
		return "POST " + Routes.POST + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n" + length
				+ "\r\n\r\n";
	}

	private void cutOff(String request) throws IOException {
		try (Socket socket = RawHttp.connect(this.functions)) {
			OutputStream out = new BufferedOutputStream(socket.getOutputStream());
			out.write(ascii(request));
			out.flush();
		}
	}

	/**
	 * Asserts that there are no rows, after taking a lock that waits for every open
	 * transaction that has inserted some.
	 */
	private void assertNothingIsInserted() {
		this.functions.get(Routes.LIST + "?limit=1");
		Shared
			.query("DO $$ BEGIN SET LOCAL lock_timeout = '5s'; LOCK TABLE " + Stored.TABLE + " IN SHARE MODE; END $$");
		assertThat(Stored.count()).isZero();
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
