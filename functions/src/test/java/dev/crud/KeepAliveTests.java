package dev.crud;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests many requests on one connection: some are answered at once, others need the
 * database.
 */
class KeepAliveTests {

	private static final int ROUNDS = 1500;

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
