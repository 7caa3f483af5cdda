package dev.crud.setup;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;

import dev.crud.function.Operation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the steps of the setup, one after the other and repeated.
 */
@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init")
class SetupTests {

	private static final String GET = Declared.role(Operation.GET);

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
		assertThat(secrets.names()).containsExactlyInAnyOrderElementsOf(
				Stream.concat(Stream.of("postgres"), Setup.roles().stream().map((role) -> role + "-database"))
					.toList());
		assertThat(secrets.passwords()).doesNotHaveDuplicates();
		for (String role : Setup.roles()) {
			assertThat(secrets.value(role + "-database", "username")).isEqualTo(role);
		}
		this.cluster.assertComplete();
		assertThat(this.cluster.log())
			.endsWith(Declared.ROWS + ": " + Declared.sampleRows() + " loaded from the sample", "Done");
	}

	@Test
	void secondRunChangesNothing() {
		this.cluster.run();
		String before = this.cluster.postgres().state();
		Map<String, String> secrets = this.cluster.secrets().state();
		assertThat(this.cluster.run()).isTrue();
		assertThat(this.cluster.postgres().state()).isEqualTo(before);
		assertThat(this.cluster.secrets().state()).isEqualTo(secrets);
		assertThat(this.cluster.log()).contains("Schema: 0 migrations applied, now at version " + Declared.version(),
				"Role " + GET + ": password already set", Declared.ROWS + ": already there, nothing loaded");
	}

	@Test
	void newPasswordIsSetAndTheOthersAreLeftAlone() {
		this.cluster.run();
		String others = verifiers("<>");
		String verifier = verifiers("=");
		this.client.secrets().withName(GET + "-database").delete();
		assertThat(this.cluster.run()).isTrue();
		assertThat(verifiers("<>")).isEqualTo(others);
		assertThat(verifiers("=")).startsWith("SCRAM-SHA-256$").isNotEqualTo(verifier);
		assertThat(this.cluster.log()).contains("Role " + GET + ": password set",
				"Role " + Declared.role(Operation.PUT) + ": password already set");
	}

	@Test
	void userNameOfAnotherRoleIsRefused() {
		this.cluster.secrets()
			.create(GET + "-database", Map.of("username", "postgres", "password", "of somebody else"));
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log())
			.endsWith("FAILED: Credentials " + GET + "-database must contain a password and the username " + GET);
	}

	@Test
	void schemaOfSomebodyElseIsLeftAlone() {
		this.cluster.postgres().execute("CREATE TABLE " + Declared.TABLE + " (name text)");
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log()).last()
			.asString()
			.startsWith("FAILED: The schema could not be brought up to date");
		assertThat(this.cluster.postgres().query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
			.isEqualTo("1");
	}

	private String verifiers(String operator) {
		return this.cluster.postgres()
			.query("SELECT rolpassword FROM pg_authid WHERE rolname " + operator + " '" + GET
					+ "' AND rolpassword IS NOT NULL ORDER BY rolname");
	}

}
