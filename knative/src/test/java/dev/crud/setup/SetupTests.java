package dev.crud.setup;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
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

	private static final String OTHER = GET + "_2";

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

	/** Pods may still use the one that was lost. */
	@Test
	void lostSecretGetsTheOtherLoginAndTheFirstOneStaysOpen() throws SQLException {
		this.cluster.run();
		try (Connection pod = this.cluster.login(GET)) {
			String before = verifiers();
			this.client.secrets().withName(GET + "-database").delete();
			assertThat(this.cluster.run()).isTrue();
			assertThat(verifiers()).startsWith(before).isNotEqualTo(before);
			assertThat(this.cluster.secrets().value(GET + "-database", "username")).isEqualTo(OTHER);
			assertThat(this.cluster.log()).contains("Role " + OTHER + ": password set",
					"Role " + Declared.role(Operation.PUT) + ": password already set");
			assertThat(pod.isValid(1)).isTrue();
		}
		this.cluster.assertComplete();
	}

	@Test
	void newPasswordsReplaceTheOldOnesInTwoSteps() throws SQLException {
		this.cluster.run();
		String old = this.cluster.secrets().value(GET + "-database", "password");
		try (Connection pod = this.cluster.login(GET)) {
			assertThat(this.cluster.run("new-passwords")).isTrue();
			assertThat(this.cluster.log()).contains("Credentials " + GET + "-database: replaced",
					"Role " + OTHER + ": password set");
			this.cluster.assertComplete();
			assertThat(connect(GET, old)).isTrue();
			// As after a failure: the first step again, which must not lock out what
			// runs.
			Map<String, String> secrets = this.cluster.secrets().state();
			assertThat(this.cluster.run("new-passwords")).isTrue();
			assertThat(this.cluster.secrets().state()).isEqualTo(secrets);
			assertThat(pod.isValid(1)).isTrue();

			assertThat(this.cluster.run("lock-old-passwords")).isTrue();
			assertThat(this.cluster.log()).contains("Role " + GET + ": locked");
			assertThat(pod.isValid(1)).isFalse();
		}
		assertThat(connect(GET, old)).isFalse();
		this.cluster.assertComplete();
		assertThat(this.cluster.run("lock-old-passwords")).isTrue();
		assertThat(this.cluster.log()).noneMatch((line) -> line.endsWith("locked"));

		// And back to the first, with another password.
		assertThat(this.cluster.run("new-passwords")).isTrue();
		assertThat(this.cluster.run("lock-old-passwords")).isTrue();
		assertThat(this.cluster.secrets().value(GET + "-database", "username")).isEqualTo(GET);
		assertThat(connect(GET, old)).isFalse();
		this.cluster.assertComplete();
	}

	@Test
	void newPasswordsWaitForTheSchema() {
		this.cluster.run();
		this.cluster.postgres()
			.execute("INSERT INTO flyway_schema_history SELECT 1000, '1000', 'newer', type, script, checksum, "
					+ "installed_by, installed_on, execution_time, success FROM flyway_schema_history "
					+ "WHERE installed_rank = 1");
		Map<String, String> secrets = this.cluster.secrets().state();
		assertThat(this.cluster.run("new-passwords")).isFalse();
		assertThat(this.cluster.log()).last().asString().contains("The schema is newer");
		assertThat(this.cluster.secrets().state()).isEqualTo(secrets);
	}

	/** As when a backup is restored into another volume. */
	@Test
	void newDatabaseHasOneLoginOfEachRole() throws SQLException {
		this.cluster.run();
		this.cluster.run("new-passwords");
		this.cluster.run("lock-old-passwords");
		this.cluster.postgres().reset();
		assertThat(this.cluster.run()).isTrue();
		assertThat(this.cluster.log()).contains("Role " + GET + ": locked");
		this.cluster.assertComplete();
		String old = this.cluster.secrets().value(GET + "-database", "password");
		assertThat(this.cluster.run("new-passwords")).isTrue();
		assertThat(this.cluster.secrets().value(GET + "-database", "username")).isEqualTo(GET);
		assertThat(this.cluster.run("lock-old-passwords")).isTrue();
		assertThat(connect(OTHER, old)).isFalse();
		this.cluster.assertComplete();
	}

	@Test
	void newPasswordsFillNoEmptyTable() {
		this.cluster.run();
		this.cluster.postgres().execute("DELETE FROM " + Declared.TABLE);
		assertThat(this.cluster.run("new-passwords")).isTrue();
		assertThat(this.cluster.postgres().query("SELECT count(*) FROM " + Declared.TABLE)).isEqualTo("0");
	}

	/** The Secret was stored, and then the setup was killed. */
	@Test
	void newPasswordThatPostgresDoesNotKnowYetIsSet() throws SQLException {
		this.cluster.run();
		this.cluster.secrets().delete(GET + "-database");
		this.cluster.secrets().create(GET + "-database", Map.of("username", OTHER, "password", "of a killed setup"));
		assertThat(this.cluster.run("new-passwords")).isTrue();
		assertThat(this.cluster.secrets().value(GET + "-database", "password")).isEqualTo("of a killed setup");
		this.cluster.assertComplete();
	}

	@Test
	void bothLoginsHaveTheSameRightsAndSettings() throws SQLException {
		this.cluster.run();
		this.cluster.postgres().execute("ALTER ROLE " + GET + " SET search_path = public, \"a, b\"");
		String settings = "SELECT string_agg(name || ' ' || setting, ',' ORDER BY name) FROM pg_settings "
				+ "WHERE source = 'user'";
		String first = query(settings);
		assertThat(this.cluster.run("new-passwords")).isTrue();
		assertThat(query("SELECT session_user")).isEqualTo(OTHER);
		assertThat(query(settings)).isEqualTo(first).contains("statement_timeout", "\"a, b\"");
		assertThat(query("SELECT count(*) FROM " + Declared.TABLE)).isEqualTo(Declared.sampleRows());
	}

	@Test
	void whatIsNoTaskIsTold() {
		assertThat(this.cluster.run("new-password")).isFalse();
		assertThat(this.cluster.log()).containsExactly(
				"FAILED: The only argument may be one of setup, credentials, " + "new-passwords, lock-old-passwords");
	}

	private boolean connect(String login, String password) throws SQLException {
		try {
			DriverManager.getConnection(this.cluster.postgres().url(), login, password).close();
			return true;
		}
		catch (SQLException ex) {
			assertThat(ex.getSQLState()).isEqualTo("28P01");
			return false;
		}
	}

	private String query(String sql) throws SQLException {
		try (Connection connection = this.cluster.login(GET);
				ResultSet row = connection.createStatement().executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	@Test
	void userNameOfAnotherRoleIsRefused() {
		this.cluster.secrets()
			.create(GET + "-database", Map.of("username", "postgres", "password", "of somebody else"));
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log()).endsWith("FAILED: Credentials " + GET
				+ "-database must contain a password and the username " + GET + " or " + OTHER);
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

	private String verifiers() {
		return this.cluster.postgres()
			.query("SELECT rolname || rolpassword FROM pg_authid WHERE rolpassword IS NOT NULL "
					+ "ORDER BY rolname = '" + OTHER + "', rolname");
	}

}
