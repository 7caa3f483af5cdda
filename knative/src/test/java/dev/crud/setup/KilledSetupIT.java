package dev.crud.setup;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that another run completes what the packaged setup has left when it was killed at
 * any point, or was run twice at once.
 */
@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init")
class KilledSetupIT {

	KubernetesClient client;

	@TempDir
	Path directory;

	private TestCluster cluster;

	@BeforeEach
	void start() {
		this.cluster = new TestCluster(this.client, this.directory);
	}

	@AfterEach
	void stop() {
		this.cluster.close();
	}

	/**
	 * How many lines a run logs: one for each Secret, Postgres, the schema, each role,
	 * the rows, and the end.
	 */
	private static final int STEPS = 2 * Setup.roles().size() + 5;

	@Test
	void runEndsWellAfterOneThatWasKilledAtAnyStep() throws SQLException {
		assertThat(this.cluster.complete()).hasSize(STEPS);
		int alive = 0;
		for (int step = 0; step < STEPS; step++) {
			this.cluster.startAgain();
			SetupProcess killed = this.cluster.start();
			alive += killed.killAfter(step) ? 1 : 0;
			Map<String, String> kept = this.cluster.secrets().state();
			this.cluster.complete();
			assertThat(this.cluster.secrets().state()).as("killed after %s", killed.lines()).containsAllEntriesOf(kept);
		}
		// The last few runs may end before they can be killed.
		assertThat(alive).isGreaterThan(STEPS / 2);
	}

	/**
	 * Kills the setup while migrations run, roles get their passwords, or rows are
	 * copied.
	 */
	@Test
	void runEndsWellAfterOneThatWasKilledWithinAStep() throws SQLException {
		int alive = 0;
		for (int millis = 0; millis < 800; millis += 80) {
			this.cluster.startAgain();
			SetupProcess killed = this.cluster.start();
			killed.awaitLine("Postgres: connected");
			alive += killed.killWithin(Duration.ofMillis(millis)) ? 1 : 0;
			this.cluster.complete();
		}
		assertThat(alive).isPositive();
	}

	@Test
	void twoAtOnceEndWell() throws SQLException {
		SetupProcess one = this.cluster.start();
		SetupProcess other = this.cluster.start();
		assertThat(one.exitStatus()).as(one.toString()).isZero();
		assertThat(other.exitStatus()).as(other.toString()).isZero();
		assertThat(List.of(one.toString(), other.toString()))
			.anyMatch((log) -> log.contains(Declared.ROWS + ": " + Declared.sampleRows() + " loaded from the sample"))
			.anyMatch((log) -> log.contains(Declared.ROWS + ": already there, nothing loaded"));
		this.cluster.assertComplete();
	}

}
