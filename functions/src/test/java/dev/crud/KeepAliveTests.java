package dev.crud;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests many requests on one connection: some are answered at once, others need the
 * database.
 */
class KeepAliveTests {

	private static final int ROUNDS = 1500;

	/** Far more than the buffers of two sockets hold. */
	private static final long TOO_MUCH = 64 * 1024 * 1024;

	private static final int ANSWERS = 3000;

	@Test
	@DisplayName("never a hang: every request of a connection is answered")
	void everyRequestOfAConnectionIsAnswered() throws IOException {
		String uuid = Shared.create(Body.example());
		String[] targets = { Routes.GET + uuid, "/functionRouter", "/hello" };
		int[] statuses = { 200, 404, 200 };
		try (Socket socket = RawHttp.connect(Shared.FUNCTIONS)) {
			socket.setTcpNoDelay(true);
			for (int i = 0; i < ROUNDS * 2; i++) {
				int which = (i % 2 == 0) ? 0 : 1 + (i / 2) % 2;
				String request = "GET " + targets[which] + " HTTP/1.1\r\nHost: x\r\n\r\n";
				socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
				assertThat(readStatus(socket.getInputStream())).as("request %d, %s", i, targets[which])
					.isEqualTo(statuses[which]);
			}
		}
	}

	@Test
	@DisplayName("never a hang: requests sent together, and the one after them, are answered in their order")
	void requestsSentTogetherAreAnsweredInTheirOrder() throws IOException {
		String uuid = Shared.create(Body.example());
		String together = ("GET " + Routes.GET + uuid + " HTTP/1.1\r\nHost: x\r\n\r\n")
				+ "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";
		try (Socket socket = RawHttp.connect(Shared.FUNCTIONS)) {
			for (int i = 0; i < 200; i++) {
				socket.getOutputStream().write(together.getBytes(StandardCharsets.US_ASCII));
				assertThat(readStatus(socket.getInputStream())).as("round %d", i).isEqualTo(200);
				assertThat(readStatus(socket.getInputStream())).as("round %d", i).isEqualTo(404);
			}
		}
	}

	@Test
	@DisplayName("memory stays bounded: requests are not read ahead, however many are sent before an answer comes")
	void requestsSentWithoutWaitingAreNotReadAhead() throws Exception {
		String request = "GET " + Routes.GET + Shared.create(Body.example()) + " HTTP/1.1\r\nHost: x\r\nX-Padding: "
				+ "x".repeat(1000) + "\r\n\r\n";
		AtomicLong sent = new AtomicLong();
		CompletableFuture<Void> sender;
		try (Socket socket = RawHttp.connect(Shared.FUNCTIONS)) {
			sender = CompletableFuture.runAsync(() -> sendUntilClosed(socket, request, sent));
			InputStream answers = new BufferedInputStream(socket.getInputStream());
			for (long i = 1; i <= ANSWERS; i++) {
				assertThat(readStatus(answers)).isEqualTo(200);
				assertThat(sent.get() - i * request.length()).as("sent ahead, after %d answers", i)
					.isLessThan(TOO_MUCH);
			}
		}
		sender.get(10, TimeUnit.SECONDS);
		assertThat(sent.get()).isGreaterThan((long) ANSWERS * request.length());
	}

	private static void sendUntilClosed(Socket socket, String request, AtomicLong sent) {
		try {
			while (!socket.isClosed()) {
				RawHttp.send(socket, request);
				sent.addAndGet(request.length());
			}
		}
		catch (IOException ex) {
			// Closed while the buffers were full.
		}
	}

	private static int readStatus(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			assertThat(next).as("end of the connection after %s", head).isNotEqualTo(-1);
			head.append((char) next);
		}
		String length = head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
		in.readNBytes(Integer.parseInt(length));
		return RawHttp.status(head.toString());
	}

}
