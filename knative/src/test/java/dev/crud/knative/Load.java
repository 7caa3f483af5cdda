package dev.crud.knative;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs clients that write and read until they are stopped, and remember the answers.
 */
final class Load implements AutoCloseable {

	private static final Duration PAUSE = Duration.ofMillis(50);

	private final AtomicInteger requests = new AtomicInteger();

	private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();

	/** The stored passengers by uuid, as they were last answered. */
	private final Map<String, String> stored = new ConcurrentHashMap<>();

	private final Set<String> deleted = ConcurrentHashMap.newKeySet();

	private final ScheduledExecutorService clients;

	private final List<Future<?>> lives = new ArrayList<>();

	/**
	 * Starts a client for each host.
	 * @param hosts the hosts to which the clients send their requests
	 */
	Load(Http... hosts) {
		this.clients = Executors.newScheduledThreadPool(hosts.length);
		for (Http http : hosts) {
			this.lives
				.add(this.clients.scheduleWithFixedDelay(() -> live(http), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS));
		}
	}

	/**
	 * Creates, changes and deletes a passenger; a change that was not acknowledged may
	 * have happened or not.
	 */
	private void live(Http http) {
		String posted = ask(201, () -> http.sendJson("POST", "/postpassenger", Example.JSON));
		if (posted == null) {
			return;
		}
		String uuid = posted.substring("{\"uuid\":\"".length(), posted.indexOf("\","));
		this.stored.put(uuid, posted);
		String got = ask(200, () -> http.send("GET", "/getpassenger/" + uuid));
		if (got != null && !got.equals(posted)) {
			this.failures.add(new Failure(Instant.now(), 200, "not what was posted: " + got));
		}
		ask(200, () -> http.send("GET", "/passengerlist?limit=3"));
		ask(200, () -> http.send("GET", "/hello"));
		ask(200, () -> http.send("GET", "/zero"));
		this.stored.remove(uuid);
		String put = ask(200, () -> http.sendJson("PUT", "/putpassenger/" + uuid, Example.OTHER));
		if (put != null && this.requests.get() % 2 == 0) {
			this.stored.put(uuid, put);
		}
		else if (put != null && ask(204, () -> http.send("DELETE", "/deletepassenger/" + uuid)) != null) {
			this.deleted.add(uuid);
		}
	}

	private @Nullable String ask(int expected, Supplier<HttpResponse<String>> request) {
		this.requests.incrementAndGet();
		try {
			HttpResponse<String> response = request.get();
			if (response.statusCode() == expected) {
				return response.body();
			}
			this.failures.add(new Failure(Instant.now(), response.statusCode(), response.request() + " "
					+ response.headers().firstValue("Content-Type").orElse("") + " " + response.body()));
		}
		catch (RuntimeException ex) {
			this.failures.add(new Failure(Instant.now(), 0, ex.toString()));
		}
		return null;
	}

	int requests() {
		return this.requests.get();
	}

	List<Failure> failures() {
		return List.copyOf(this.failures);
	}

	/** Waits until so many more requests are answered. */
	void goOn(int more) {
		int goal = requests() + more;
		Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> requests() >= goal);
		assertThat(this.lives).as("clients go on").noneMatch(Future::isDone);
	}

	/** Waits until a hundred requests in a row have gone well. */
	void awaitRecovery() {
		int failed;
		do {
			failed = this.failures.size();
			goOn(100);
		}
		while (this.failures.size() > failed);
	}

	/** Asserts that some requests failed, and that each of them was answered with 503. */
	void assertOnlyUnavailable() {
		assertThat(failures()).isNotEmpty()
			.allMatch((failure) -> failure.status() == 503)
			.allMatch((failure) -> failure.detail().contains("application/problem+json"));
	}

	/** Stops the clients, and compares what was acknowledged with what is stored. */
	void assertNothingIsLost(Http http) {
		close();
		Map<String, String> there = http.rows()
			.stream()
			.collect(Collectors.toMap((row) -> row.substring("{\"uuid\":\"".length(), row.indexOf("\",")),
					(row) -> row));
		assertThat(this.stored).isNotEmpty();
		assertThat(this.deleted).isNotEmpty();
		assertThat(there).containsAllEntriesOf(this.stored).doesNotContainKeys(this.deleted.toArray(String[]::new));
	}

	@Override
	public String toString() {
		List<Failure> failed = failures();
		return "%d requests, %d failed%s".formatted(requests(), failed.size(), failed.isEmpty() ? ""
				: " between " + failed.get(0).when() + " and " + failed.get(failed.size() - 1).when());
	}

	@Override
	public void close() {
		this.clients.shutdown();
		try {
			assertThat(this.clients.awaitTermination(5, TimeUnit.MINUTES)).as("all is answered").isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
