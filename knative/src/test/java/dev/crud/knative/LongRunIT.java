package dev.crud.knative;

import java.time.Duration;
import java.util.List;

import dev.crud.Declaration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures speed and repeats what takes long, on a machine that does nothing else.
 */
@ChangesTheCluster
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LongRunIT {

	private static final Cluster CLUSTER = Cluster.PASSENGERS;

	private static final int COLD_STARTS = 7;

	private static final int BURSTS = 3;

	private static final int KILLS = 5;

	@BeforeAll
	static void install() {
		Installation.probePodsOnly();
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
			load.assertNothingIsLost(CLUSTER.functions());
			assertThat(Installation.restarts()).isNotEmpty().containsOnly("0 0");
		}
	}

	/** The last, since it leaves the next version. */
	@Test
	@Order(Integer.MAX_VALUE)
	void aMigrationThatFailsLeavesTheOldVersionUntilItIsMended() {
		CLUSTER.sql("ALTER TABLE passengers ADD COLUMN next_version integer"); // The next
																				// version
																				// adds
																				// it,
																				// too.
		String next = NextVersion.of(Project.read(Project.INSTALL));
		try (Load load = Installation.load()) {
			CLUSTER.kubectlReading(next, "apply", "--filename", "-");
			// Knative gives up after ten minutes.
			Awaitility.await()
				.atMost(Duration.ofMinutes(15))
				.pollInterval(Duration.ofSeconds(10))
				.until(() -> withDatabase(".status.conditions[?(@.type==\"Ready\")].status"),
						(ready) -> ready.stream().allMatch("False"::equals));
			System.out.println("A migration that fails: " + load + "\n" + CLUSTER.kn("service", "list"));
			assertThat(CLUSTER.kubectl("logs", "--selector", "app.kubernetes.io/component=setup", "--tail=-1"))
				.contains("FAILED: The schema could not be brought up to date", "next_version");
			load.goOn(100);

			CLUSTER.sql("ALTER TABLE passengers DROP COLUMN next_version");
			CLUSTER.kubectl("delete", "jobs", "--selector", "app.kubernetes.io/component=setup");
			CLUSTER.kubectlReading(next, "apply", "--filename", "-");
			Guide.run(Installation.SETUP_DONE);
			Declaration.FUNCTIONS.withDatabase()
				.forEach((function) -> CLUSTER.kn("service", "update", function.name(), "--annotation-revision",
						"again=1"));
			Guide.run(Installation.READY);
			load.goOn(100);
			System.out.println("And mended: " + load);
			assertThat(load.failures()).isEmpty();
		}
		assertThat(withDatabase(".spec.template.spec.containers[0].image"))
			.allMatch((image) -> image.endsWith(NextVersion.TAG));
	}

	/** Returns a field of each function's Service that uses the database. */
	private static List<String> withDatabase(String field) {
		return Declaration.FUNCTIONS.withDatabase()
			.stream()
			.map((function) -> CLUSTER.kubectl("get", "ksvc", function.name(), "--output", "jsonpath={" + field + "}"))
			.toList();
	}

}
