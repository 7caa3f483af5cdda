package dev.crud;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a client that reads the answer only after sending everything, as a proxy
 * may, can read the refusal of its body.
 */
class RefusedBodyTests {

	private static final int BYTES = 10_000_000;

	@ParameterizedTest(name = "{3}: {0} {1}, {2}")
	@CsvSource({ "PUT, {PUT}/, Content-Length: 10000000, 413", "POST, {POST}, Content-Length: 10000000, 413",
			"POST, {POST}, Transfer-Encoding: chunked, 413", "PUT, /unknown/, Content-Length: 10000000, 404",
			"POST, /hello, Content-Length: 10000000, 405", "PUT, {PUT}/not-a-uuid, Content-Length: 10000000, 400" })
	@DisplayName("10 MB that are refused are sent to their end, and the refusal is read")
	void refusalCanBeRead(String method, String target, String length, int status) throws IOException {
		try (Socket socket = RawHttp.connect(Shared.FUNCTIONS)) {
			OutputStream out = socket.getOutputStream();
			out.write((method + " " + Routes.fill(target) + (target.equals("{PUT}/") ? UUID.randomUUID() : "")
					+ " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			boolean chunked = length.endsWith("chunked");
			byte[] spaces = " ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
			for (int sent = 0; sent < BYTES; sent += spaces.length) {
				if (chunked) {
					out.write("186a0\r\n".getBytes(StandardCharsets.US_ASCII));
				}
				out.write(spaces);
				if (chunked) {
					out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
				}
			}
			if (chunked) {
				out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			}
			byte[] head = socket.getInputStream().readNBytes(12);
			assertThat(new String(head, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 " + status);
		}
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "Content-Length: 10000000000", "Transfer-Encoding: chunked" })
	@DisplayName("a refused body that never ends is cut off")
	void endlessBodyIsCutOff(String length) throws IOException {
		try (Socket socket = RawHttp.connect(Shared.FUNCTIONS)) {
			OutputStream out = socket.getOutputStream();
			out.write(("PUT " + Routes.PUT + UUID.randomUUID()
					+ " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			byte[] spaces = " ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
			int sent = 0;
			try {
				for (; sent < 5000; sent++) {
					if (length.endsWith("chunked")) {
						out.write("186a0\r\n".getBytes(StandardCharsets.US_ASCII));
					}
					out.write(spaces);
					if (length.endsWith("chunked")) {
						out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
					}
				}
			}
			catch (IOException ex) {
				// The server has cut the connection.
			}
			assertThat(sent).isLessThan(5000);
		}
	}

}
