package dev.crud.setup;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the packaged setup, as on a cluster.
 */
@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init")
class SetupIT {

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

	@Test
	void secondRunChangesNothing() throws SQLException {
		this.cluster.complete();
		String state = this.cluster.postgres().state();
		Map<String, String> secrets = this.cluster.secrets().state();
		assertThat(this.cluster.complete()).contains(Declared.ROWS + ": already there, nothing loaded");
		assertThat(this.cluster.postgres().state()).isEqualTo(state);
		assertThat(this.cluster.secrets().state()).isEqualTo(secrets);
	}

	@Test
	void newMigrationIsAppliedToDataThatStaysAndAnOlderSetupThenRefuses() throws Exception {
		this.cluster.complete();
		String before = this.cluster.postgres().query("SELECT t::text FROM " + Declared.TABLE + " t ORDER BY uuid");
		Files.createDirectories(this.directory.resolve("db/migration"));
		Files.writeString(this.directory.resolve("db/migration/V1000__cabins.sql"), "CREATE TABLE cabins (name text);");
		SetupProcess newer = this.cluster.start(this.directory);
		assertThat(newer.exitStatus()).as(newer.toString()).isZero();
		assertThat(newer.lines()).contains("Schema: 1 migrations applied, now at version 1000");
		assertThat(this.cluster.postgres().query("SELECT t::text FROM " + Declared.TABLE + " t ORDER BY uuid"))
			.isEqualTo(before);

		String state = this.cluster.postgres().state();
		SetupProcess older = this.cluster.start();
		assertThat(older.exitStatus()).isEqualTo(1);
		assertThat(older.lines()).last()
			.isEqualTo("FAILED: The schema is newer than this setup: it has version 1000. Nothing was changed; "
					+ "use the setup of that release or a later one.");
		assertThat(this.cluster.postgres().state()).isEqualTo(state);
	}

	@Test
	void migrationThatFailsChangesNothing() throws Exception {
		this.cluster.complete();
		String state = this.cluster.postgres().state();
		Files.createDirectories(this.directory.resolve("db/migration"));
		Files.writeString(this.directory.resolve("db/migration/V1000__bad.sql"),
				"DELETE FROM " + Declared.TABLE + "; SELECT nothing;");
		SetupProcess failing = this.cluster.start(this.directory);
		assertThat(failing.exitStatus()).isEqualTo(1);
		assertThat(failing.toString()).contains("FAILED: The schema could not be brought up to date")
			.contains("V1000__bad.sql");
		assertThat(this.cluster.postgres().state()).isEqualTo(state);
	}

	@Test
	void wrongPasswordEndsItWithAMessageAndChangesNothing() throws SQLException {
		this.cluster.complete();
		String state = this.cluster.postgres().state();
		this.client.secrets().withName("postgres").delete();
		SetupProcess refused = this.cluster.start();
		assertThat(refused.exitStatus()).isEqualTo(1);
		assertThat(refused.lines()).last().asString().startsWith("FAILED: Postgres refuses the password");
		assertThat(this.cluster.postgres().state()).isEqualTo(state);
	}

	/**
	 * Tests what happens at each first installation: the server is set up with the
	 * password of the Secret.
	 */
	@Test
	void postgresMayBeLateByAMinute() throws Exception {
		this.cluster.secrets().deleteAll();
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		this.cluster.url("jdbc:postgresql://localhost:" + port + "/" + Declared.DATABASE);
		SetupProcess waiting = this.cluster.start();
		waiting.awaitLine("Waiting at most 600 s. Postgres is not available yet");
		TimeUnit.MINUTES.sleep(1);
		try (ScratchPostgres late = new ScratchPostgres(port, this.cluster.secrets().value("postgres", "password"))) {
			assertThat(waiting.exitStatus()).as(waiting.toString()).isZero();
			assertThat(late.query("SELECT count(*) FROM " + Declared.TABLE)).isEqualTo(Declared.sampleRows());
			assertThat(late.log()).doesNotContain(this.cluster.secrets().passwords());
		}
	}

	@Test
	void badCsvEndsItWithTheLinesAndLoadsNothing() {
		this.cluster.csv(Declared.HEADER + Declared.row() + "x,".repeat(99) + "\n");
		SetupProcess bad = this.cluster.start();
		assertThat(bad.exitStatus()).isEqualTo(1);
		assertThat(bad.toString()).contains("FAILED: Nothing was loaded: ").contains(TestCluster.CSV + ":3: ");
		assertThat(this.cluster.postgres().query("SELECT count(*) FROM " + Declared.TABLE)).isEqualTo("0");
	}

}
