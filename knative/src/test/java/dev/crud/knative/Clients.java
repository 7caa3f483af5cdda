package dev.crud.knative;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * What clients saw that sent GET requests at once.
 *
 * @param seconds how long each request took, sorted
 * @param failed how many had another status than 200
 */
record Clients(List<Double> seconds, long failed) {

	/**
	 * Has each of some clients send one request after another.
	 * @param count how many clients there are
	 * @param duration how long they go on; if it is zero, each sends one request
	 */
	static Clients send(Http http, String path, int count, Duration duration) {
		Queue<Double> seconds = new ConcurrentLinkedQueue<>();
		LongAdder failures = new LongAdder();
		ExecutorService threads = Executors.newFixedThreadPool(count);
		try {
			long end = System.nanoTime() + duration.toNanos();
			CompletableFuture.allOf(IntStream.range(0, count).mapToObj((i) -> CompletableFuture.runAsync(() -> {
				do {
					long start = System.nanoTime();
					HttpResponse<String> response = http.send("GET", path);
					seconds.add((System.nanoTime() - start) / 1e9);
					if (response.statusCode() != 200) {
						failures.increment();
					}
				}
				while (System.nanoTime() < end);
			}, threads)).toArray(CompletableFuture<?>[]::new)).join();
		}
		finally {
			threads.shutdown();
		}
		return new Clients(seconds.stream().sorted().toList(), failures.sum());
	}

	/**
	 * Returns the time that a share of the requests took at most.
	 * @param share 0.5 for the median
	 */
	double quantile(double share) {
		return this.seconds.get((int) (this.seconds.size() * share));
	}

}
