package dev.crud;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what happens while the database is gone, and when it is back.
 */
class DatabaseOutageIT {

	/** The contract's 2 s, and some time that a busy machine adds for the client. */
	private static final Duration PROMISE = Duration.ofMillis(2500);

	private static LocalPostgres postgres;

	@BeforeAll
	static void start() {
		postgres = LocalPostgres.start();
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	@Test
	void aProcessStartedWithoutTheDatabaseServesWhatItCanAndTheRestOnceTheDatabaseIsUp() {
		postgres.kill();
		try (JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), null)) {
			assertThat(functions.get("/hello").statusCode()).isEqualTo(200);
			assertThat(functions.get("/zero").statusCode()).isEqualTo(200);
			for (HttpRequest request : databaseRequests(functions)) {
				long start = System.nanoTime();
				HttpResponse<String> response = RunningFunctions.send(request);
				assertThat(response.statusCode()).as(request.method()).isEqualTo(503);
				assertThat(response.headers().firstValue("Retry-After")).isPresent();
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMISE);
			}
			postgres.restart();
			assertThat(functions.get(Routes.LIST + "?limit=1").statusCode()).isEqualTo(200);
		}
	}

	private static List<HttpRequest> databaseRequests(JarProcess functions) {
		String uuid = UUID.randomUUID().toString();
		return List.of(HttpRequest.newBuilder(functions.uri(Routes.LIST)).build(),
				HttpRequest.newBuilder(functions.uri(Routes.GET + uuid)).build(),
				json(functions, "POST", Routes.POST, Body.example()),
				HttpRequest.newBuilder(functions.uri(Routes.POST))
					.header("Content-Type", "application/x-ndjson")
					.POST(BodyPublishers.ofString(Body.example().toString()))
					.build(),
				json(functions, "PUT", Routes.PUT + uuid, Body.example()),
				HttpRequest.newBuilder(functions.uri(Routes.DELETE + uuid)).DELETE().build());
	}

	private static HttpRequest json(JarProcess functions, String method, String target, Body body) {
		return HttpRequest.newBuilder(functions.uri(target))
			.timeout(Duration.ofSeconds(10))
			.header("Content-Type", "application/json")
			.method(method, BodyPublishers.ofString(body.toString()))
			.build();
	}

	@Test
	void whatWasAcknowledgedSurvivesAKilledDatabaseAndTheNextRequestSucceeds() throws Exception {
		try (JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), null)) {
			Load load = new Load(functions);
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				Thread thread = new Thread(load);
				thread.start();
				threads.add(thread);
			}
			for (int kills = 1; kills <= 3; kills++) {
				load.awaitAcknowledged(300L * kills);
				postgres.kill();
				load.awaitUnavailable();
				postgres.restart();
				assertThat(functions.get(Routes.LIST + "?limit=1").statusCode()).isEqualTo(200);
			}
			load.stop.set(true);
			for (Thread thread : threads) {
				thread.join();
			}
			assertThat(load.surprises).isEmpty();
			assertThat(Duration.ofNanos(load.longest.get())).isLessThan(PROMISE);
			assertAllThere(load.acknowledged);
			assertThat(functions.isAlive()).isTrue();
		}
	}

	private static void assertAllThere(Map<UUID, Integer> acknowledged) throws SQLException {
		assertThat(acknowledged).isNotEmpty();
		try (Connection connection = postgres.connect();
				ResultSet rows = connection.createStatement()
					.executeQuery("SELECT uuid, version FROM " + Stored.TABLE)) {
			Map<UUID, Integer> stored = new ConcurrentHashMap<>();
			while (rows.next()) {
				stored.put(rows.getObject(1, UUID.class), rows.getInt(2));
			}
			acknowledged.forEach((uuid, version) -> {
				if (version == Load.DELETED) {
					assertThat(stored).doesNotContainKey(uuid);
				}
				else if (version != Load.UNKNOWN) {
					assertThat(stored).containsEntry(uuid, version);
				}
			});
		}
	}

	@Test
	void aDatabaseThatHangsIsAnswered503AndRecoversWithoutARestart() throws Exception {
		try (JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), null)) {
			assertThat(functions.get(Routes.LIST + "?limit=1").statusCode()).isEqualTo(200);
			postgres.freeze(true);
			try {
				for (HttpRequest request : databaseRequests(functions)) {
					long start = System.nanoTime();
					assertThat(RunningFunctions.send(request).statusCode()).isEqualTo(503);
					assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMISE);
				}
			}
			finally {
				postgres.freeze(false);
			}
			assertThat(functions.get(Routes.LIST + "?limit=1").statusCode()).isEqualTo(200);
		}
	}

	/** Creates, replaces and deletes rows, and remembers what was acknowledged. */
	private static final class Load implements Runnable {

		static final int DELETED = -1;

		static final int UNKNOWN = -2;

		private final JarProcess functions;

		private final Map<UUID, Integer> acknowledged = new ConcurrentHashMap<>();

		private final List<String> surprises = Collections.synchronizedList(new ArrayList<>());

		private final AtomicBoolean stop = new AtomicBoolean();

		private final AtomicLong longest = new AtomicLong();

		private final AtomicLong unavailable = new AtomicLong();

		Load(JarProcess functions) {
			this.functions = functions;
		}

		@Override
		public void run() {
			while (!this.stop.get()) {
				HttpResponse<String> created = send(json(this.functions, "POST", Routes.POST, Body.example()), 201);
				if (created != null) {
					UUID uuid = UUID.fromString(
							created.headers().firstValue("Location").orElseThrow().substring(Routes.GET.length()));
					this.acknowledged.put(uuid, 1);
					change(uuid, json(this.functions, "PUT", Routes.PUT + uuid, Body.other()), 200, 2);
					if (uuid.hashCode() % 2 == 0) {
						change(uuid, HttpRequest.newBuilder(this.functions.uri(Routes.DELETE + uuid)).DELETE().build(),
								204, DELETED);
					}
				}
			}
		}

		private void change(UUID uuid, HttpRequest request, int status, int version) {
			// A change that was not acknowledged may have happened or not.
			this.acknowledged.put(uuid, (send(request, status) != null) ? version : UNKNOWN);
		}

		private @Nullable HttpResponse<String> send(HttpRequest request, int expected) {
			long start = System.nanoTime();
			HttpResponse<String> response = RunningFunctions.send(request);
			this.longest.accumulateAndGet(System.nanoTime() - start, Math::max);
			if (response.statusCode() == expected) {
				return response;
			}
			if (response.statusCode() == 503) {
				this.unavailable.incrementAndGet();
			}
			// After a deletion whose acknowledgement was lost, the next change finds no
			// row.
			else if (response.statusCode() != 404) {
				this.surprises.add(request.method() + " " + response.statusCode() + " " + response.body());
			}
			return null;
		}

		void awaitAcknowledged(long count) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.acknowledged.size() >= count);
		}

		void awaitUnavailable() {
			long before = this.unavailable.get();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.unavailable.get() > before);
		}

	}

}
