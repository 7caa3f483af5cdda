package dev.crud;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests functions that start while the database accepts connections and says nothing.
 */
class FrozenDatabaseTests {

	private final LocalPostgres postgres = LocalPostgres.start();

	@BeforeEach
	void freeze() {
		this.postgres.freeze(true);
	}

	@AfterEach
	void stop() {
		this.postgres.freeze(false);
		this.postgres.close();
	}

	@Test
	@DisplayName("the only connection that a pool may have is there when the database is back")
	void startCostsNoConnection() {
		try (RunningFunctions functions = RunningFunctions.all(this.postgres, "spring.r2dbc.pool.max-size=1")) {
			Problem.assertProblem(get(functions), 503);
			this.postgres.freeze(false);
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> get(functions).statusCode() == 200);
		}
	}

	@Test
	@DisplayName("requests that come while others connect: 503 for all")
	void allAreUnavailable() throws Exception {
		ExecutorService clients = Executors.newFixedThreadPool(20);
		try (RunningFunctions functions = RunningFunctions.all(this.postgres)) {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				all.add(clients.submit(() -> {
					for (int n = 0; n < 3; n++) {
						Thread.sleep(ThreadLocalRandom.current().nextInt(1000));
						Problem.assertProblem(get(functions), 503);
					}
					return null;
				}));
			}
			for (Future<?> one : all) {
				one.get();
			}
		}
		finally {
			clients.shutdown();
		}
	}

	private static HttpResponse<String> get(RunningFunctions functions) {
		return functions.get(Routes.LIST + "?limit=1");
	}

}
