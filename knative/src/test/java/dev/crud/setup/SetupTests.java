package dev.crud.setup;

import java.nio.file.Path;
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
 * The steps of the setup, one after the other and again.
 */
@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init")
class SetupTests {

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
	void firstRunMakesAllThereIs() throws SQLException {
		assertThat(this.cluster.run()).as(this.cluster.log().toString()).isTrue();
		Secrets secrets = this.cluster.secrets();
		assertThat(secrets.names()).containsExactly("deletepassenger-database", "getpassenger-database",
				"passengerlist-database", "postgres", "postpassenger-database", "putpassenger-database");
		assertThat(secrets.passwords()).doesNotHaveDuplicates();
		for (String role : Setup.roles()) {
			assertThat(secrets.value(role + "-database", "username")).isEqualTo(role);
		}
		this.cluster.assertComplete();
		assertThat(this.cluster.log()).endsWith("Passengers: 200 loaded from the sample", "Done");
	}

	@Test
	void secondRunChangesNothing() {
		this.cluster.run();
		String before = this.cluster.postgres().state();
		Map<String, String> secrets = this.cluster.secrets().state();
		assertThat(this.cluster.run()).isTrue();
		assertThat(this.cluster.postgres().state()).isEqualTo(before);
		assertThat(this.cluster.secrets().state()).isEqualTo(secrets);
		assertThat(this.cluster.log()).contains("Schema: 0 migrations applied, now at version 4",
				"Role getpassenger: password already set", "Passengers: already there, nothing loaded");
	}

	@Test
	void newPasswordIsSetAndTheOthersAreLeftAlone() {
		this.cluster.run();
		String others = verifiers("<>");
		String verifier = verifiers("=");
		this.client.secrets().withName("getpassenger-database").delete();
		assertThat(this.cluster.run()).isTrue();
		assertThat(verifiers("<>")).isEqualTo(others);
		assertThat(verifiers("=")).startsWith("SCRAM-SHA-256$").isNotEqualTo(verifier);
		assertThat(this.cluster.log()).contains("Role getpassenger: password set",
				"Role putpassenger: password already set");
	}

	@Test
	void userNameOfAnotherRoleIsRefused() {
		this.cluster.secrets()
			.create("getpassenger-database", Map.of("username", "postgres", "password", "of somebody else"));
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log()).endsWith(
				"FAILED: Credentials getpassenger-database must contain a password and the username getpassenger");
	}

	@Test
	void schemaOfSomebodyElseIsLeftAlone() {
		this.cluster.postgres().execute("CREATE TABLE passengers (name text)");
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log()).last()
			.asString()
			.startsWith("FAILED: The schema could not be brought up to date");
		assertThat(this.cluster.postgres().query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
			.isEqualTo("1");
	}

	private String verifiers(String operator) {
		return this.cluster.postgres()
			.query("SELECT rolpassword FROM pg_authid WHERE rolname " + operator
					+ " 'getpassenger' AND rolpassword IS NOT NULL ORDER BY rolname");
	}

}
