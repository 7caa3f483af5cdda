package dev.crud;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a list whose database fails while the list is read.
 */
class MidStreamTests {

	private static final long TOO_MUCH = 64 * 1024 * 1024;

	private static final String TERMINATE = """
			SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE usename = '%s'
			""".formatted(Declaration.FUNCTIONS.role());

	@Test
	@DisplayName("a truncated answer never looks complete")
	void truncatedAnswerDoesNotLookComplete() throws Exception {
		try (LocalPostgres postgres = LocalPostgres.start();
				RunningFunctions functions = Shared.warm(RunningFunctions.all(postgres))) {
			// Far more rows than the buffers between client and database hold.
			postgres.execute(Stored.insert(150_000));
			try (Socket socket = RawHttp.connect(functions)) {
				socket.getOutputStream()
					.write(("GET " + Routes.LIST + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
						.getBytes(StandardCharsets.US_ASCII));
				assertThat(socket.getInputStream().read()).isEqualTo('H');
				postgres.execute(TERMINATE);
				String answer = RawHttp.readAll(socket);
				assertThat(answer).startsWith("TTP/1.1 200").doesNotContain("}]").doesNotEndWith("0\r\n\r\n");
			}
			assertThat(functions.get(Routes.LIST + "?limit=1").statusCode()).isEqualTo(200);
			requestBehindAnotherIsNotReadAhead(functions);
		}
	}

	/** What is read before its turn would have to be kept in memory. */
	private static void requestBehindAnotherIsNotReadAhead(RunningFunctions functions) throws Exception {
		try (SocketChannel channel = SocketChannel.open(new InetSocketAddress("localhost", functions.port()))) {
			channel.write(ascii(("GET " + Routes.LIST + " HTTP/1.1\r\nHost: x\r\n\r\n").repeat(2)));
			channel.read(ByteBuffer.allocate(1));
			channel.write(ascii("POST " + Routes.POST
					+ " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"));
			channel.configureBlocking(false);
			ByteBuffer chunks = ascii("1\r\n \r\n".repeat(10_000));
			long sent = 0;
			for (int refused = 0; refused < 20 && sent < TOO_MUCH;) {
				int more = channel.write(chunks.rewind());
				sent += more;
				refused = (more > 0) ? 0 : refused + 1;
				Thread.sleep((more > 0) ? 0 : 100);
			}
			// That is what the buffers of the two sockets hold.
			assertThat(sent).isLessThan(TOO_MUCH);
			channel.configureBlocking(true);
			assertThat(end(channel.socket().getInputStream())).contains("HTTP/1.1 413");
		}
	}

	private static String end(InputStream answers) throws IOException {
		StringBuilder end = new StringBuilder();
		byte[] bytes = new byte[100_000];
		try {
			for (int length; (length = answers.read(bytes)) > 0;) {
				end.append(new String(bytes, 0, length, StandardCharsets.US_ASCII));
				end.delete(0, Math.max(0, end.length() - 10_000));
			}
		}
		catch (SocketException ex) {
			// The server has already sent all of its answers.
		}
		return end.toString();
	}

	private static ByteBuffer ascii(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
	}

}
