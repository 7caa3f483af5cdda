package dev.crud.knative;

import java.time.Duration;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures speed and repeats what takes long, on a machine that does nothing else.
 */
@ChangesTheCluster
class LongRunIT {

	private static final int COLD_STARTS = 7;

	private static final int BURSTS = 3;

	private static final int KILLS = 5;

	@BeforeAll
	static void install() {
		Installation.publish();
		Installation.apply();
		Guide.run(Installation.APPLY_SINGLE_HOST);
		Guide.run("kubectl wait ksvc single-host -n passengers --for=condition=Ready --timeout=10m");
	}

	@Test
	void coldStartsKeepTheirBar() {
		try (ColdStarts coldStarts = new ColdStarts()) {
			for (int round = 0; round < COLD_STARTS; round++) {
				coldStarts.measure();
			}
			System.out.println(coldStarts);
			coldStarts.assertBar();
		}
	}

	@Test
	void everyBurstIsAnswered() {
		for (int round = 0; round < BURSTS; round++) {
			Burst.atZero().assertAllWell(Duration.ofSeconds(10));
		}
	}

	@Test
	void nothingIsLostHoweverOftenPostgresIsKilled() {
		try (Load load = Installation.load()) {
			load.goOn(100);
			for (int kill = 0; kill < KILLS; kill++) {
				Installation.deletePostgres("--now");
				load.awaitRecovery();
			}
			System.out.println("Postgres killed " + KILLS + " times: " + load);
			load.assertOnlyUnavailable();
			load.assertNothingIsLost(Cluster.PASSENGERS.functions());
			assertThat(Installation.restarts()).isNotEmpty().containsOnly("0 0");
		}
	}

}
