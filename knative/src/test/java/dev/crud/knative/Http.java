package dev.crud.knative;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends requests to the functions, on one host or on a host for each.
 *
 * @param client the client that sends the requests
 * @param bases returns the URL of a function, by its name
 */
record Http(HttpClient client, UnaryOperator<String> bases) {

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	Http(String base) {
		this(CLIENT, (function) -> base);
	}

	private URI uri(String path) {
		return URI.create(this.bases.apply(path.split("[/?]", 3)[1]) + path);
	}

	HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
			.timeout(Duration.ofMinutes(2))
			.method(method, body);
		try {
			return this.client.send(((headers.length > 0) ? request.headers(headers) : request).build(),
					BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	HttpResponse<String> send(String method, String path, String... headers) {
		return send(method, path, BodyPublishers.noBody(), headers);
	}

	HttpResponse<String> sendJson(String method, String path, String body, String... ifMatch) {
		BodyPublisher publisher = BodyPublishers.ofString(body);
		return (ifMatch.length > 0)
				? send(method, path, publisher, "Content-Type", "application/json", "If-Match", ifMatch[0])
				: send(method, path, publisher, "Content-Type", "application/json");
	}

	/** Sends a request byte by byte, and nothing after it. */
	String raw(String request) {
		URI uri = uri("/");
		try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write((request + "\r\nHost: a\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits until a path answers with 200. */
	void await(String path) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.ignoreExceptions()
			.until(() -> send("GET", path).statusCode() == 200);
	}

	/** Takes a row through all functions and asserts the answers of the contract. */
	void takeRoundTrip() {
		HttpResponse<String> posted = sendJson("POST", "/postpassenger", Example.JSON);
		assertThat(posted.statusCode()).isEqualTo(201);
		String got = posted.headers().firstValue("Location").orElseThrow();
		String etag = posted.headers().firstValue("ETag").orElseThrow();
		String uuid = got.substring("/getpassenger/".length());
		assertThat(posted.body()).isEqualTo(Example.answer(uuid, Example.JSON));
		assertThat(send("GET", got).body()).isEqualTo(posted.body());
		assertThat(send("GET", got, "If-None-Match", etag).statusCode()).isEqualTo(304);
		assertThat(send("GET", "/passengerlist?" + Example.filter()).body()).contains(uuid);
		HttpResponse<String> put = sendJson("PUT", "/putpassenger/" + uuid, Example.OTHER, etag);
		assertThat(put.statusCode()).isEqualTo(200);
		assertThat(put.body()).isEqualTo(Example.answer(uuid, Example.OTHER));
		assertThat(sendJson("PUT", "/putpassenger/" + uuid, Example.OTHER, etag).statusCode()).isEqualTo(412);
		HttpResponse<String> bad = sendJson("PUT", "/putpassenger/" + uuid, "{}");
		assertThat(bad.statusCode()).isEqualTo(400);
		assertThat(bad.body()).contains("\"pointer\":\"" + Example.missing() + "\"");
		assertThat(send("DELETE", "/deletepassenger/" + uuid).statusCode()).isEqualTo(204);
		HttpResponse<String> gone = send("GET", got);
		assertThat(gone.statusCode()).isEqualTo(404);
		assertThat(gone.headers().firstValue("Content-Type")).hasValue("application/problem+json");
	}

	/** Returns all rows, sorted as texts. */
	List<String> rows() {
		return send("GET", "/passengerlist", "Accept", "application/x-ndjson").body().lines().sorted().toList();
	}

}
