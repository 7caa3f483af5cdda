package dev.crud;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * Sends requests that no HTTP client would send.
 */
final class RawHttp {

	private static final int READ_TIMEOUT_MILLISECONDS = 10_000;

	private RawHttp() {
	}

	/**
	 * Opens a connection.
	 * @param functions the functions to connect to
	 * @return the connection
	 * @throws IOException when that fails
	 */
	static Socket connect(RunningFunctions functions) throws IOException {
		Socket socket = new Socket("localhost", functions.port());
		socket.setSoTimeout(READ_TIMEOUT_MILLISECONDS);
		return socket;
	}

	/**
	 * Sends a request and the first chunk of its body, which has no end yet.
	 * @param functions the functions to connect to
	 * @param request the method and the target
	 * @param type the media type of the body
	 * @param chunk the chunk
	 * @return the connection
	 * @throws IOException when that fails
	 */
	static Socket begin(RunningFunctions functions, String request, String type, String chunk) throws IOException {
		Socket socket = connect(functions);
		String head = request + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: " + type
				+ "\r\n\r\n" + Integer.toHexString(chunk.getBytes(StandardCharsets.UTF_8).length) + "\r\n";
		send(socket, head + chunk + "\r\n");
		return socket;
	}

	static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Sends bytes and reads until the server closes.
	 * @param functions the functions to connect to
	 * @param request the bytes, in ISO 8859-1
	 * @return the response
	 */
	static String exchange(RunningFunctions functions, String request) {
		try (Socket socket = connect(functions)) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return readAll(socket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads until the end, or until the server resets the connection.
	 * @param socket the connection
	 * @return what was received
	 * @throws IOException when nothing arrives for too long
	 */
	static String readAll(Socket socket) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		InputStream in = socket.getInputStream();
		try {
			in.transferTo(all);
		}
		catch (SocketException ex) {
			// The server has already sent all of its answer.
		}
		return all.toString(StandardCharsets.UTF_8);
	}

	static int status(String response) {
		return Integer.parseInt(response.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
	}

	static String body(String response) {
		return response.substring(response.indexOf("\r\n\r\n") + 4);
	}

}
