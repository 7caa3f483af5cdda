package dev.crud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Trains an AOT cache: runs the functions as the given command does, sends each of them
 * what clients send, and ends them so that the JVM writes down what it learned (JEP 483,
 * 514, 515). Fails when an answer is not the expected one. Of the other tests it uses
 * {@link LocalPostgres} alone: what it is made of is part of the image.
 */
public final class TrainingRun {

	/** The JVM writes the cache when it ends, which takes a while. */
	private static final Duration END = Duration.ofMinutes(5);

	private static final Duration START = Duration.ofMinutes(1);

	private static final int ROUNDS = 5;

	private static final String PASSENGER = """
			{"survived":true,"passengerClass":2,"name":"Ada","sex":"female","age":27.5,\
			"siblingsOrSpousesAboard":0,"parentsOrChildrenAboard":1,"fare":13.0}""";

	private static final String CSV = """
			survived,passengerClass,name,sex,age,siblingsOrSpousesAboard,parentsOrChildrenAboard,fare
			true,1,"Grace",female,31,0,0,80
			""";

	private final HttpClient client = HttpClient.newHttpClient();

	private final URI base;

	private TrainingRun(int port) {
		this.base = URI.create("http://localhost:" + port);
	}

	/**
	 * Runs the training.
	 * @param command what starts the functions
	 * @throws Exception when the training fails
	 */
	public static void main(String[] command) throws Exception {
		int port = freePort();
		try (LocalPostgres postgres = LocalPostgres.start()) {
			ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
			builder.environment()
				.putAll(Map.of("SERVER_PORT", Integer.toString(port), "SPRING_R2DBC_URL", postgres.r2dbcUrl(),
						"SPRING_R2DBC_PASSWORD", LocalPostgres.PASSWORD));
			Process functions = builder.start();
			try {
				new TrainingRun(port).train(functions);
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

	private void train(Process functions) throws InterruptedException {
		awaitPort(functions);
		for (int round = 0; round < ROUNDS; round++) {
			write();
			read();
			refuse();
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

	private void write() {
		String location = expect(201, "POST", "/postpassenger", PASSENGER, "Content-Type", "application/json").headers()
			.firstValue("Location")
			.orElseThrow();
		String uuid = location.substring(location.lastIndexOf('/') + 1);
		expect(200, "GET", "/getpassenger/" + uuid, "");
		expect(304, "GET", "/getpassenger/" + uuid, "", "If-None-Match", "\"1\"");
		expect(200, "PUT", "/putpassenger/" + uuid, PASSENGER, "Content-Type", "application/json", "If-Match", "\"1\"");
		expect(412, "PUT", "/putpassenger/" + uuid, PASSENGER, "Content-Type", "application/json", "If-Match", "\"1\"");
		expect(204, "DELETE", "/deletepassenger/" + uuid, "");
		expect(404, "GET", "/getpassenger/" + uuid, "");
		expect(201, "POST", "/postpassenger", CSV, "Content-Type", "text/csv");
		expect(201, "POST", "/postpassenger", PASSENGER + "\n", "Content-Type", "application/x-ndjson");
		expect(201, "POST", "/postpassenger", PASSENGER, "Content-Type", "application/json", "Idempotency-Key", uuid);
	}

	private void read() {
		expect(200, "GET", "/hello", "");
		expect(200, "GET", "/zero", "");
		expect(200, "GET", "/passengerlist", "");
		expect(200, "GET", "/passengerlist?sort=-age&name=a&limit=1&count=true", "");
		expect(200, "GET", "/passengerlist", "", "Accept", "application/x-ndjson");
		expect(200, "GET", "/passengerlist", "", "Accept", "text/csv");
		expect(200, "GET", "/passengerlist", "", "Accept", "text/event-stream");
	}

	private void refuse() {
		expect(400, "GET", "/getpassenger/1", "");
		expect(400, "POST", "/postpassenger", "{\"age\":-1}", "Content-Type", "application/json");
		expect(404, "GET", "/", "");
		expect(405, "DELETE", "/hello", "");
	}

	private HttpResponse<String> expect(int status, String method, String target, String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.base.resolve(target))
			.timeout(Duration.ofSeconds(30))
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		if (headers.length > 0) {
			request.headers(headers);
		}
		HttpResponse<String> response = send(request.build());
		expect(method + " " + target, status, response.statusCode());
		return response;
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
