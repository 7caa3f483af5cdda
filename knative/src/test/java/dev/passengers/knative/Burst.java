package dev.passengers.knative;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Many requests at once, and what Postgres sees of them.
 *
 * @param statuses of the answers
 * @param connections that the function had at most
 * @param instances that had a connection, at most
 */
record Burst(List<Integer> statuses, int connections, int instances) {

	/** For 40 s. */
	private static final String COUNT = "SELECT count(*), count(DISTINCT client_addr) FROM pg_stat_activity "
			+ "WHERE usename = '%s' \\watch interval=0.1 count=400\n";

	private static final Pattern COUNTED = Pattern.compile("(?m)^(\\d+)\\|(\\d+)$");

	/**
	 * Sends them.
	 * @param size how many
	 * @param cluster where the function is
	 * @param function its name
	 * @param path what to get of it
	 * @return what happened
	 */
	static Burst send(int size, Cluster cluster, String function, String path) {
		Http http = cluster.functions();
		ExecutorService clients = Executors.newFixedThreadPool(size + 1);
		try {
			CompletableFuture<String> counting = CompletableFuture
				.supplyAsync(() -> cluster.sql(COUNT.formatted(function)), clients);
			List<CompletableFuture<Integer>> answers = IntStream.range(0, size)
				.mapToObj((i) -> CompletableFuture.supplyAsync(() -> http.send("GET", path).statusCode(), clients))
				.toList();
			List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();
			String counts = counting.join();
			return new Burst(statuses, largest(counts, 1), largest(counts, 2));
		}
		finally {
			clients.shutdown();
		}
	}

	private static int largest(String counts, int column) {
		return COUNTED.matcher(counts)
			.results()
			.mapToInt((line) -> Integer.parseInt(line.group(column)))
			.max()
			.orElseThrow();
	}

}
