package dev.crud.knative;

import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.crud.Declaration;
import dev.crud.function.FunctionDeclaration;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The result of sending many requests at once, repeatedly until the function has its
 * greatest number of instances, and of watching their connections in Postgres.
 *
 * @param function the function that answered
 * @param statuses the statuses of the answers
 * @param slowest how long the slowest answer took
 * @param connections the most connections that the function had at a time
 * @param instances the most instances that had a connection at a time
 */
record Burst(FunctionDeclaration function, Collection<Integer> statuses, Duration slowest, int connections,
		int instances) {

	private static final int SIZE = 200;

	/** Counts connections and instances for 60 s. */
	private static final String COUNT = "SELECT count(*), count(DISTINCT client_addr) FROM pg_stat_activity "
			+ "WHERE usename = '%s' \\watch interval=0.1 count=600\n";

	private static final Pattern COUNTED = Pattern.compile("(?m)^(\\d+)\\|(\\d+)$");

	/** Sends the requests to getpassenger after it has scaled to zero. */
	static Burst atZero() {
		FunctionDeclaration get = Declaration.FUNCTIONS.all()
			.stream()
			.filter((function) -> "getpassenger".equals(function.name()))
			.findFirst()
			.orElseThrow();
		String path = Cluster.PASSENGERS.functions()
			.sendJson("POST", "/postpassenger", Example.JSON)
			.headers()
			.firstValue("Location")
			.orElseThrow();
		try (Haste haste = new Haste()) {
			haste.awaitZero(Cluster.PASSENGERS, "serving.knative.dev/service=getpassenger");
			return send(get, path);
		}
	}

	private static Burst send(FunctionDeclaration function, String path) {
		Http http = Cluster.PASSENGERS.functions();
		ExecutorService clients = Executors.newFixedThreadPool(SIZE + 2);
		try {
			CompletableFuture<String> counting = CompletableFuture
				.supplyAsync(() -> Cluster.PASSENGERS.sql(COUNT.formatted(function.name())), clients);
			CompletableFuture<Void> grown = CompletableFuture.runAsync(() -> awaitLargest(function), clients);
			Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
			AtomicLong slowest = new AtomicLong();
			Stream<CompletableFuture<Void>> sending = IntStream.range(0, SIZE)
				.mapToObj((i) -> CompletableFuture.runAsync(() -> {
					do {
						long start = System.nanoTime();
						statuses.add(http.send("GET", path).statusCode());
						slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
					}
					while (!grown.isDone());
				}, clients));
			CompletableFuture.allOf(sending.toArray(CompletableFuture<?>[]::new)).join();
			grown.join();
			String counts = counting.join();
			return new Burst(function, statuses, Duration.ofNanos(slowest.get()), largest(counts, 1),
					largest(counts, 2));
		}
		finally {
			clients.shutdown();
		}
	}

	/**
	 * Asserts that all requests are answered, by as many instances as there may be and by
	 * no more connections than allowed.
	 * @param patience the longest time an answer may take: the requests queue for the
	 * places of three instances, after three cold starts
	 */
	void assertAllWell(Duration patience) {
		System.out.printf("%d requests, 200 at once: %d instances, %d connections, the slowest took %d ms%n",
				this.statuses.size(), this.instances, this.connections, this.slowest.toMillis());
		assertThat(this.statuses).containsOnly(200);
		assertThat(this.slowest).isLessThan(patience);
		assertThat(this.instances).isEqualTo(this.function.maxScale());
		assertThat(this.connections).isBetween(this.function.maxScale(),
				this.function.maxScale() * this.function.connections());
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
