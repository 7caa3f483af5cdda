package dev.crud;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import javax.management.ObjectName;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests requests that need a database that can't be reached, and what they leave behind.
 */
class UnreachableDatabaseTests {

	/** The contract's 2 s, and some time that a busy machine adds for the client. */
	private static final Duration PROMISE = Duration.ofMillis(2500);

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "GET {LIST}", "GET {LIST}?limit=1", "GET {LIST}?count=true", "GET {GET}/", "POST {POST}",
			"POST {POST} many", "PUT {PUT}/", "DELETE {DELETE}/" })
	@DisplayName("packets are dropped: 503 within 2 s")
	void droppedPacketsAreAnsweredInTime(String request) throws Exception {
		try (FullServer full = new FullServer(); RunningFunctions functions = functionsAt(full.port())) {
			long start = System.nanoTime();
			HttpResponse<String> response = send(functions, request);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMISE);
			Problem.assertProblem(response, 503);
			assertThat(response.headers().firstValue("Retry-After")).isPresent();
		}
	}

	private static RunningFunctions functionsAt(int port) {
		return RunningFunctions.all(Shared.POSTGRES, "spring.r2dbc.url=r2dbc:postgresql://localhost:" + port + "/x");
	}

	private static HttpResponse<String> send(RunningFunctions functions, String request) {
		String target = Routes.fill(request.substring(request.indexOf(' ') + 1)).replace(" many", "");
		return functions.send(request.substring(0, request.indexOf(' ')),
				target.endsWith("/") ? target + UUID.randomUUID() : target,
				request.startsWith("P") ? Body.example().toString() : null, "Content-Type",
				request.endsWith(" many") ? "application/x-ndjson" : "application/json");
	}

	@Test
	@DisplayName("a hundred requests at once share their attempts to connect")
	void requestsShareAttempts() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		try (ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
				RunningFunctions functions = hangUpOn(server, attempts)) {
			Problem.assertProblem(functions.get(Routes.LIST), 503);
			attempts.set(0);
			for (int i = 0; i < 10; i++) {
				Problem.assertProblem(functions.get(Routes.LIST + "?limit=1"), 503);
			}
			assertThat(attempts.get()).as("attempts of 10 requests, one after the other").isBetween(10, 20);
			attempts.set(0);
			all(100, 100, () -> functions.get(Routes.LIST + "?limit=1"));
			assertThat(attempts.get()).as("attempts of 100 requests at once").isBetween(1, 100);
		}
	}

	/**
	 * Starts functions whose database accepts each connection and closes it, as a proxy
	 * without a server does.
	 */
	private static RunningFunctions hangUpOn(ServerSocket server, AtomicInteger attempts) {
		Thread thread = new Thread(() -> {
			try {
				while (true) {
					server.accept().close();
					attempts.incrementAndGet();
				}
			}
			catch (IOException ex) {
				// The test has closed the server socket.
			}
		});
		thread.setDaemon(true);
		thread.start();
		return functionsAt(server.getLocalPort());
	}

	@Test
	@DisplayName("10,000 refused connections leave no resolver of names behind")
	void refusedConnectionsLeaveNothingBehind() throws Exception {
		int closed;
		try (ServerSocket socket = new ServerSocket(0)) {
			closed = socket.getLocalPort();
		}
		try (RunningFunctions functions = functionsAt(closed)) {
			long before = resolvers();
			all(8, 10_000, () -> functions.get(Routes.GET + new UUID(new Random().nextLong(), 1)));
			assertThat(resolvers() - before).isLessThan(10);
		}
	}

	private static long resolvers() throws Exception {
		String histogram = (String) ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { new String[0] }, new String[] { String[].class.getName() });
		return histogram.lines()
			.filter((line) -> line.contains("io.netty.resolver.dns.DnsNameResolver "))
			.mapToLong((line) -> Long.parseLong(line.trim().split("\\s+", 4)[1]))
			.sum();
	}

	private static void all(int threads, int count, Callable<HttpResponse<String>> request) throws Exception {
		ExecutorService clients = Executors.newFixedThreadPool(threads);
		try {
			List<Future<HttpResponse<String>>> answers = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				answers.add(clients.submit(request));
			}
			for (Future<HttpResponse<String>> answer : answers) {
				assertThat(answer.get().statusCode()).isEqualTo(503);
			}
		}
		finally {
			clients.shutdown();
		}
	}

}
