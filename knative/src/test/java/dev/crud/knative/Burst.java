package dev.crud.knative;

import dev.crud.function.FunctionDeclaration;

import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * Many requests at once, again and again until the function has grown to its largest, and
 * what Postgres sees of them.
 *
 * @param statuses of the answers
 * @param connections that the function had at most
 * @param instances that had a connection, at most
 */
record Burst(Collection<Integer> statuses, int connections, int instances) {

	private static final int SIZE = 200;

	/** For 60 s. */
	private static final String COUNT = "SELECT count(*), count(DISTINCT client_addr) FROM pg_stat_activity "
			+ "WHERE usename = '%s' \\watch interval=0.1 count=600\n";

	private static final Pattern COUNTED = Pattern.compile("(?m)^(\\d+)\\|(\\d+)$");

	/**
	 * Sends them.
	 * @param function at zero
	 * @param path what to get of it
	 * @return what happened
	 */
	static Burst send(FunctionDeclaration function, String path) {
		Http http = Cluster.PASSENGERS.functions();
		ExecutorService clients = Executors.newFixedThreadPool(SIZE + 2);
		try {
			CompletableFuture<String> counting = CompletableFuture
				.supplyAsync(() -> Cluster.PASSENGERS.sql(COUNT.formatted(function.name())), clients);
			CompletableFuture<Void> grown = CompletableFuture.runAsync(() -> awaitLargest(function), clients);
			Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
			Stream<CompletableFuture<Void>> sending = IntStream.range(0, SIZE)
				.mapToObj((i) -> CompletableFuture.runAsync(() -> {
					do {
						statuses.add(http.send("GET", path).statusCode());
					}
					while (!grown.isDone());
				}, clients));
			CompletableFuture.allOf(sending.toArray(CompletableFuture<?>[]::new)).join();
			grown.join();
			String counts = counting.join();
			return new Burst(statuses, largest(counts, 1), largest(counts, 2));
		}
		finally {
			clients.shutdown();
		}
	}

	private static void awaitLargest(FunctionDeclaration function) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> Cluster.PASSENGERS
				.pods("serving.knative.dev/service=" + function.name(),
						".status.conditions[?(@.type==\"Ready\")].status")
				.stream()
				.filter("True"::equals)
				.count() == function.maxScale());
	}

	private static int largest(String counts, int column) {
		return COUNTED.matcher(counts)
			.results()
			.mapToInt((line) -> Integer.parseInt(line.group(column)))
			.max()
			.orElseThrow();
	}

}
