package dev.crud;

import java.net.Socket;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests requests that no HTTP client sends, byte by byte.
 */
class RawErrorsTests {

	private static final String END = "Host: x\r\nConnection: close\r\n\r\n";

	private final RunningFunctions functions = Shared.FUNCTIONS;

	@Test
	@DisplayName("411: a body without Content-Length or chunks")
	void bodyWithoutALengthIsRefused() {
		int before = Stored.count();
		assertProblem("POST " + Routes.POST + " HTTP/1.1\r\nContent-Type: application/json\r\n" + END, 411);
		assertProblem(
				"PUT " + Routes.PUT + Routes.NOBODY + " HTTP/1.1\r\n" + "Content-Type: application/json\r\n" + END,
				411);
		assertThat(Stored.count()).isEqualTo(before);
	}

	@Test
	@DisplayName("414: target too large")
	void targetTooLargeIsRefused() {
		assertProblem("GET /hello?" + "a".repeat(9000) + " HTTP/1.1\r\n" + END, 414);
		assertProblem("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n" + END, 414);
		assertThat(RawHttp
			.status(RawHttp.exchange(this.functions, "GET /hello?" + "a".repeat(7000) + " HTTP/1.1\r\n" + END)))
			.isEqualTo(200);
	}

	@Test
	@DisplayName("431: headers too large")
	void headersTooLargeAreRefused() {
		assertProblem("GET /hello HTTP/1.1\r\nX-Large: " + "a".repeat(20_000) + "\r\n" + END, 431);
		assertProblem("GET /hello HTTP/1.1\r\n" + "X-Many: aaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(1000) + END, 431);
		assertThat(RawHttp.status(RawHttp.exchange(this.functions,
				"GET /hello HTTP/1.1\r\nX-Large: " + "a".repeat(10_000) + "\r\n" + END)))
			.isEqualTo(200);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("malformed")
	@DisplayName("400: malformed HTTP")
	void malformedRequestIsRefused(String what, String request) {
		int before = Stored.count();
		assertProblem(request, 400);
		assertThat(Stored.count()).as(what).isEqualTo(before);
	}

	static Stream<Arguments> malformed() {
		String post = "POST " + Routes.POST + " HTTP/1.1\r\nContent-Type: application/json\r\n";
		return Stream.of(Arguments.of("no HTTP at all", "nonsense\r\n\r\n"),
				Arguments.of("header without a colon", "GET /hello HTTP/1.1\r\nnonsense\r\n" + END),
				Arguments.of("space in a header's name", "GET /hello HTTP/1.1\r\nX Y: z\r\n" + END),
				Arguments.of("negative length", post + "Content-Length: -1\r\n" + END),
				Arguments.of("length that is no number", post + "Content-Length: ten\r\n" + END),
				Arguments.of("two lengths", post + "Content-Length: 2\r\nContent-Length: 3\r\n" + END + "{}"),
				Arguments.of("a transfer coding without chunks",
						post + "Transfer-Encoding: identity\r\n" + END + Body.example()),
				Arguments.of("another transfer coding",
						post + "Transfer-Encoding: gzip, chunked\r\n" + END + "0\r\n\r\n"),
				Arguments.of("a transfer coding beside a length",
						post + "Content-Length: 2\r\nTransfer-Encoding: identity\r\n" + END + "{}"),
				Arguments.of("chunks, then another transfer coding",
						post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n" + END + "0\r\n\r\n"),
				Arguments.of("a transfer coding on a request without a body",
						"GET /hello HTTP/1.1\r\nTransfer-Encoding: identity\r\n" + END + "GET /zero HTTP/1.1\r\n"
								+ END),
				Arguments.of("chunk size that is no number",
						post + "Transfer-Encoding: chunked\r\n" + END + "zz\r\n{}\r\n0\r\n\r\n"),
				Arguments.of("second chunk size that is no number",
						post.replace("/json", "/x-ndjson")
								+ "Transfer-Encoding: chunked\r\nIdempotency-Key: malformed\r\n" + END
								+ "1\r\n\n\r\nzz\r\n\r\n0\r\n\r\n"),
				Arguments.of("percent sign without digits", "GET " + Routes.LIST + "?limit=% HTTP/1.1\r\n" + END),
				Arguments.of("percent sign before other letters",
						"GET " + Routes.LIST + "?limit=%zz HTTP/1.1\r\n" + END));
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "application/json", "application/x-ndjson", "text/csv" })
	@DisplayName("400, 431: malformed HTTP in the middle of a body")
	void malformedRestOfABodyIsRefused(String type) throws Exception {
		int before = Stored.count();
		String row = type.equals("text/csv") ? Body.csvHeader() + "\r\n" + Body.example().csv()
				: Body.example().toString();
		Map<String, Integer> statuses = Map.of("zz\r\n{}\r\n0\r\n\r\n", 400,
				"0\r\nX: " + "x".repeat(20_000) + "\r\n\r\n", 431);
		for (Map.Entry<String, Integer> rest : statuses.entrySet()) {
			try (Socket socket = RawHttp.begin(this.functions, "POST " + Routes.POST, type, row)) {
				// So that the server is reading the body when the rest arrives.
				Thread.sleep(500);
				RawHttp.send(socket, rest.getKey());
				String response = RawHttp.readAll(socket);
				assertThat(RawHttp.status(response)).as(response).isEqualTo(rest.getValue());
			}
		}
		// Whatever would be inserted after the answer would be by then.
		Thread.sleep(500);
		assertThat(Stored.count()).isEqualTo(before);
	}

	@Test
	@DisplayName("a request is answered and stored when the body of the next one is malformed")
	void requestBeforeAMalformedOneIsAnswered() {
		int before = Stored.count();
		String post = "POST " + Routes.POST + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
		String row = Body.example().toString();
		String response = RawHttp.exchange(this.functions, post + "Content-Length: " + row.length() + "\r\n\r\n" + row
				+ post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
		assertThat(response).startsWith("HTTP/1.1 201").contains("HTTP/1.1 400");
		assertThat(Stored.count()).isEqualTo(before + 1);
	}

	@Test
	@DisplayName("the Host header is not copied into an answer")
	void hostIsNotCopied() {
		for (String target : new String[] { "/hello", "/unknown", Routes.LIST + "?limit=1", Routes.GET + "x" }) {
			String response = RawHttp.exchange(this.functions,
					"GET " + target + " HTTP/1.1\r\nHost: marker.example\r\nConnection: close\r\n\r\n");
			assertThat(response).startsWith("HTTP/1.1 ").doesNotContain("marker");
		}
	}

	@Test
	@DisplayName("HEAD answers no byte of a body")
	void headAnswersNoBody() {
		for (String target : new String[] { "/hello", "/zero", Routes.LIST + "?limit=1", "/unknown" }) {
			String response = RawHttp.exchange(this.functions, "HEAD " + target + " HTTP/1.1\r\n" + END);
			assertThat(RawHttp.body(response)).isEmpty();
		}
	}

	@Test
	@DisplayName("the next request of a connection is not disturbed by a refused one")
	void refusedRequestDoesNotDisturbTheNext() {
		String json = Body.bad().toString();
		String response = RawHttp.exchange(this.functions,
				"POST " + Routes.POST + " HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: "
						+ json.length() + "\r\n\r\n" + json + "GET /hello HTTP/1.1\r\n" + END);
		assertThat(RawHttp.status(response)).isEqualTo(415);
		// A server that refuses the body may close the connection if it announces that.
		assertThat(response).matches("(?is).*(connection: close.*|\r\n\r\n\\{\"message\":\"ok\"})");
	}

	private void assertProblem(String request, int status) {
		String response = RawHttp.exchange(this.functions, request);
		assertThat(RawHttp.status(response)).as(response).isEqualTo(status);
		assertThat(response).containsIgnoringCase("content-type: application/problem+json");
		Problem.assertProblem(RawHttp.body(response), status);
	}

}
