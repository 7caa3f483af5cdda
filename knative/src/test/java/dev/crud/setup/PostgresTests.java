package dev.crud.setup;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests when the setup waits for Postgres, and when it does not.
 */
@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init")
class PostgresTests {

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
	void refusedPasswordEndsItAtOnce() {
		this.cluster.secrets().deleteAll();
		this.cluster.secrets().create("postgres", Map.of("password", "not the password"));
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log()).last()
			.asString()
			.startsWith("FAILED: Postgres refuses the password of its user postgres.");
		assertThat(this.cluster.log()).noneMatch((line) -> line.startsWith("Waiting"));
	}

	@Test
	void missingDatabaseEndsItAtOnce() {
		this.cluster.url(this.cluster.postgres().url() + "x");
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log()).last()
			.asString()
			.startsWith("FAILED: Postgres refuses the connection")
			.contains("\"" + Declared.DATABASE + "x\" does not exist");
		assertThat(this.cluster.log()).noneMatch((line) -> line.startsWith("Waiting"));
	}

	@Test
	void absentPostgresIsWaitedForButNotForever() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			this.cluster.url("jdbc:postgresql://localhost:" + socket.getLocalPort() + "/" + Declared.DATABASE);
		}
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log())
			.filteredOn((line) -> line.startsWith("Waiting at most 2 s. Postgres is not available yet: "))
			.hasSize(1);
		assertThat(this.cluster.log()).last()
			.asString()
			.startsWith("FAILED: Gave up after 2 s. Postgres is not available yet: ")
			.endsWith("Connection refused");
	}

	@Test
	void unknownHostIsWaitedFor() {
		this.cluster.url("jdbc:postgresql://postgres.invalid/" + Declared.DATABASE);
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log()).last()
			.asString()
			.startsWith("FAILED: Gave up after 2 s. Postgres is not available yet: ")
			.endsWith("UnknownHostException postgres.invalid");
	}

	@Test
	void anotherSetupIsWaitedForButNotForever() throws SQLException {
		try (Connection other = this.cluster.postgres().connect()) {
			other.createStatement()
				.execute("SELECT pg_advisory_lock(hashtextextended('" + dev.crud.Declaration.FUNCTIONS.setupImage()
						+ "', 0))");
			assertThat(this.cluster.run()).isFalse();
		}
		assertThat(this.cluster.log()).endsWith("Postgres: connected", "Waiting at most 2 s. Another setup is running",
				"FAILED: Gave up after 2 s. Another setup is running");
		assertThat(this.cluster.run()).isTrue();
	}

	@Test
	void badUrlIsNotRepeated() {
		this.cluster.url("postgresql://postgres:in-the-url@localhost/" + Declared.DATABASE);
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log())
			.endsWith("FAILED: POSTGRES_URL must look like jdbc:postgresql://host:5432/database");
	}

}
