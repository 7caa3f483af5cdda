package dev.crud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.crud.table.Column;
import dev.crud.table.Filter;
import dev.crud.table.FilterKind;

/**
 * Trains an AOT cache: runs the functions with the given command, sends each of them the
 * requests that clients send, the most common ones until they are fast, and stops them,
 * so that the JVM writes the cache (JEP 483, 514, 515). It fails when an answer is not
 * the expected one. Of the other test classes it uses only {@link LocalPostgres}, because
 * the classes it needs are inputs of the image.
 */
public final class TrainingRun {

	/** How long ending may take: the JVM writes the cache when it ends. */
	private static final Duration END = Duration.ofMinutes(5);

	private static final Duration START = Duration.ofMinutes(1);

	private static final int ROUNDS = 5;

	/** How many requests are under way at once under load. */
	private static final int AT_ONCE = 16;

	/**
	 * How many are sent under load: so many that the second compiler gets to what each of
	 * them runs through.
	 */
	private static final int GETS = 60_000;

	private static final int POSTS = 40_000;

	private static final String ROW = Body.example().toString();

	/** In the end there are more rows than a list reads without a cursor. */
	private static final String CSV = Body.csvHeader() + "\n" + (Body.other().csv() + "\n").repeat(300);

	private final HttpClient client = HttpClient.newHttpClient();

	private final URI base;

	private TrainingRun(int port) {
		this.base = URI.create("http://localhost:" + port);
	}

	/**
	 * Runs the training.
	 * @param arguments the command that starts the functions, after {@code tls} if they
	 * are to connect to Postgres with it
	 * @throws Exception when the training fails
	 */
	public static void main(String[] arguments) throws Exception {
		int port = freePort();
		boolean tls = arguments[0].equals("tls");
		try (LocalPostgres postgres = LocalPostgres.start()) {
			ProcessBuilder builder = new ProcessBuilder(List.of(arguments).subList(tls ? 1 : 0, arguments.length));
			builder.inheritIO()
				.environment()
				.putAll(Map.of("SERVER_PORT", Integer.toString(port), "SPRING_R2DBC_URL",
						tls ? postgres.encrypt() : postgres.r2dbcUrl(), "SPRING_R2DBC_PASSWORD",
						LocalPostgres.PASSWORD));
			// A new pod's first connections are refused until the cluster's policies know
			// it.
			postgres.kill();
			Process functions = builder.start();
			try {
				TrainingRun run = new TrainingRun(port);
				run.awaitPort(functions);
				postgres.restart();
				run.train();
				run.load();
				functions.destroy();
				expect("exit status", 0, end(functions));
			}
			finally {
				functions.destroyForcibly();
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static int end(Process process) throws InterruptedException {
		if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
			throw new IllegalStateException("Still running after " + END);
		}
		return process.exitValue();
	}

	private void train() {
		for (int round = 0; round < ROUNDS; round++) {
			write();
			read();
			refuse();
		}
	}

	/**
	 * Lets the second compiler see what is hot, so that the cache has its profiles, too.
	 */
	private void load() {
		load(GETS, request("GET", Routes.GET + post(), ""));
		load(POSTS, request("POST", Routes.POST, ROW, "Content-Type", "application/json"));
	}

	private void load(int requests, HttpRequest request) {
		for (int sent = 0; sent < requests; sent += AT_ONCE) {
			Stream.generate(() -> this.client.sendAsync(request, BodyHandlers.ofString()))
				.limit(AT_ONCE)
				.toList()
				.forEach((answer) -> expect("under load", 2, answer.join().statusCode() / 100));
		}
	}

	private void awaitPort(Process functions) throws InterruptedException {
		long end = System.nanoTime() + START.toNanos();
		while (functions.isAlive() && System.nanoTime() < end) {
			try {
				expect(200, "GET", "/hello", "");
				return;
			}
			catch (UncheckedIOException ex) {
				Thread.sleep(100);
			}
		}
		throw new IllegalStateException("The functions did not start");
	}

	/** Creates a row and returns its uuid. */
	private String post() {
		String location = expect(201, "POST", Routes.POST, ROW, "Content-Type", "application/json").headers()
			.firstValue("Location")
			.orElseThrow();
		return location.substring(location.lastIndexOf('/') + 1);
	}

	private void write() {
		String uuid = post();
		expect(200, "GET", Routes.GET + uuid, "");
		expect(304, "GET", Routes.GET + uuid, "", "If-None-Match", "\"1\"");
		expect(200, "PUT", Routes.PUT + uuid, ROW, "Content-Type", "application/json", "If-Match", "\"1\"");
		expect(412, "PUT", Routes.PUT + uuid, ROW, "Content-Type", "application/json", "If-Match", "\"1\"");
		expect(204, "DELETE", Routes.DELETE + uuid, "");
		expect(404, "GET", Routes.GET + uuid, "");
		expect(201, "POST", Routes.POST, CSV, "Content-Type", "text/csv");
		expect(201, "POST", Routes.POST, ROW + "\n", "Content-Type", "application/x-ndjson");
		expect(201, "POST", Routes.POST, ROW, "Content-Type", "application/json", "Idempotency-Key", uuid);
	}

	private void read() {
		expect(200, "GET", "/hello", "");
		expect(200, "GET", "/zero", "");
		expect(200, "GET", Routes.LIST, "");
		expect(200, "GET", Routes.LIST + "?limit=1&count=true", "");
		for (Column column : Body.COLUMNS) {
			if (column.sorted()) {
				expect(200, "GET", Routes.LIST + "?limit=1&sort=-" + column.name(), "");
			}
		}
		for (Filter filter : Declaration.TABLE.filters()) {
			String value = (filter.kind() == FilterKind.PRESENT) ? "true" : Body.example().text(filter.column());
			expect(200, "GET", Routes.LIST + "?limit=1&" + filter.parameter() + "="
					+ URLEncoder.encode(value, StandardCharsets.UTF_8), "");
		}
		expect(200, "GET", Routes.LIST, "", "Accept", "application/x-ndjson");
		expect(200, "GET", Routes.LIST, "", "Accept", "text/csv");
		expect(200, "GET", Routes.LIST, "", "Accept", "text/event-stream");
	}

	private void refuse() {
		expect(400, "GET", Routes.GET + "1", "");
		expect(400, "POST", Routes.POST, Body.bad().toString(), "Content-Type", "application/json");
		expect(404, "GET", "/", "");
		expect(405, "DELETE", "/hello", "");
	}

	private HttpResponse<String> expect(int status, String method, String target, String body, String... headers) {
		HttpResponse<String> response = send(request(method, target, body, headers));
		expect(method + " " + target, status, response.statusCode());
		return response;
	}

	private HttpRequest request(String method, String target, String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.base.resolve(target))
			.timeout(Duration.ofSeconds(30))
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return request.build();
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void expect(String what, int expected, int actual) {
		if (actual != expected) {
			throw new IllegalStateException("%s: %d, not %d".formatted(what, actual, expected));
		}
	}

}
