package dev.passengers.setup;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged setup, killed, doubled and upgraded.
 */
@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init")
class SetupIT {

	private static final String PASSWORD = "a password of the superuser";

	/**
	 * A line for each of six Secrets, Postgres, schema, five roles, passengers, and the
	 * end.
	 */
	private static final int STEPS = 15;

	private static ScratchPostgres postgres;

	KubernetesClient client;

	KubernetesMockServer server;

	@TempDir
	Path directory;

	private final List<SetupProcess> runs = new ArrayList<>();

	@BeforeAll
	static void startPostgres() {
		postgres = new ScratchPostgres(0, PASSWORD);
	}

	@AfterAll
	static void stopPostgres() {
		postgres.close();
	}

	@BeforeEach
	void prepare() {
		postgres.reset();
		secrets().create("postgres", Map.of("password", PASSWORD));
	}

	@AfterEach
	void nothingSecretWasLogged() {
		this.runs.forEach(SetupProcess::kill);
		assertThat(this.runs + postgres.log()).doesNotContain(secrets().passwords());
	}

	@Test
	void secondRunChangesNothing() throws SQLException {
		complete();
		String state = postgres.state();
		Map<String, String> secrets = secrets().state();
		assertThat(complete()).contains("Passengers: there, nothing loaded");
		assertThat(postgres.state()).isEqualTo(state);
		assertThat(secrets().state()).isEqualTo(secrets);
	}

	@Test
	void runEndsWellAfterOneThatWasKilledAtAnyStep() throws SQLException {
		int steps = complete().size();
		for (int step = 0; step < steps; step++) {
			startAgain();
			SetupProcess killed = start();
			killed.killAfter(step);
			Map<String, String> kept = secrets().state();
			complete();
			assertThat(secrets().state()).as("killed after %s", killed.lines()).containsAllEntriesOf(kept);
		}
		assertThat(steps).isEqualTo(STEPS);
	}

	/** While migrations run, roles get their passwords, rows are on their way. */
	@Test
	void runEndsWellAfterOneThatWasKilledWithinAStep() throws SQLException {
		for (int millis = 0; millis < 800; millis += 80) {
			startAgain();
			SetupProcess killed = start();
			killed.awaitLine("Postgres: there");
			killed.killWithin(Duration.ofMillis(millis));
			complete();
		}
	}

	@Test
	void twoAtOnceEndWell() throws SQLException {
		SetupProcess one = start();
		SetupProcess other = start();
		assertThat(one.exitStatus()).as(one.toString()).isZero();
		assertThat(other.exitStatus()).as(other.toString()).isZero();
		assertThat(List.of(one.toString(), other.toString()))
			.anyMatch((log) -> log.contains("Passengers: 200 loaded from the sample"))
			.anyMatch((log) -> log.contains("Passengers: there, nothing loaded"));
		complete();
	}

	@Test
	void newMigrationIsAppliedToDataThatStaysAndAnOlderSetupThenRefuses() throws IOException {
		assertThat(start().exitStatus()).isZero();
		String before = postgres.query("SELECT passengers::text FROM passengers ORDER BY uuid");
		Files.createDirectories(this.directory.resolve("db/migration"));
		Files.writeString(this.directory.resolve("db/migration/V4__cabins.sql"), "CREATE TABLE cabins (name text);");
		SetupProcess newer = start(this.directory);
		assertThat(newer.exitStatus()).isZero();
		assertThat(newer.lines()).contains("Schema: 1 migrations applied, now at version 4");
		assertThat(postgres.query("SELECT passengers::text FROM passengers ORDER BY uuid")).isEqualTo(before);

		String state = postgres.state();
		SetupProcess older = start();
		assertThat(older.exitStatus()).isEqualTo(1);
		assertThat(older.lines()).last()
			.isEqualTo("FAILED: The schema is newer than this setup: it has version 4. Nothing was changed; "
					+ "use the setup of that release or a later one.");
		assertThat(postgres.state()).isEqualTo(state);
	}

	@Test
	void wrongPasswordEndsItWithAMessageAndChangesNothing() throws SQLException {
		complete();
		String state = postgres.state();
		this.client.secrets().withName("postgres").delete();
		SetupProcess refused = start();
		assertThat(refused.exitStatus()).isEqualTo(1);
		assertThat(refused.lines()).last().asString().startsWith("FAILED: Postgres is there but refuses the password");
		assertThat(postgres.state()).isEqualTo(state);
	}

	/**
	 * As at each first installation: the server is set up with the password of the
	 * Secret.
	 */
	@Test
	void postgresMayBeLateByAMinute() throws Exception {
		secrets().deleteAll();
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		SetupProcess waiting = start("jdbc:postgresql://localhost:" + port + "/passengers");
		waiting.awaitLine("Waiting at most 600 s. Postgres is not there yet");
		TimeUnit.MINUTES.sleep(1);
		try (ScratchPostgres late = new ScratchPostgres(port, secrets().value("postgres", "password"))) {
			assertThat(waiting.exitStatus()).as(waiting.toString()).isZero();
			assertThat(late.query("SELECT count(*) FROM passengers")).isEqualTo("200");
			assertThat(late.log()).doesNotContain(secrets().passwords());
		}
	}

	@Test
	void badCsvEndsItWithTheLinesAndLoadsNothing() throws IOException {
		Files.writeString(this.directory.resolve("passengers.csv"), """
				survived,passengerClass,name,sex,age,siblingsOrSpousesAboard,parentsOrChildrenAboard,fare
				true,1,Somebody,female,58,0,0,26.55
				true,4,Somebody,female,158,0,0,26.55
				""");
		SetupProcess bad = start();
		assertThat(bad.exitStatus()).isEqualTo(1);
		assertThat(bad.toString()).contains("FAILED: Nothing was loaded: ")
			.contains("passengers.csv:3: /passengerClass must be an integer between 1 and 3")
			.contains("passengers.csv:3: /age must be between 0 and 150");
		assertThat(postgres.query("SELECT count(*) FROM passengers")).isEqualTo("0");
	}

	private void startAgain() {
		postgres.reset();
		secrets().deleteAll();
		secrets().create("postgres", Map.of("password", PASSWORD));
	}

	/** Runs it to its end, after which everything must be there. */
	private List<String> complete() throws SQLException {
		SetupProcess run = start();
		assertThat(run.exitStatus()).as(run.toString()).isZero();
		assertThat(postgres.query("SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank"))
			.isEqualTo("1\n2\n3");
		assertThat(postgres.query("SELECT count(*) FROM passengers")).isEqualTo("200");
		for (String role : Setup.FUNCTIONS) {
			DriverManager.getConnection(postgres.url(), role, secrets().value(role + "-database", "password")).close();
		}
		return run.lines();
	}

	private SetupProcess start(Path... more) {
		return start(postgres.url(), more);
	}

	private SetupProcess start(String url, Path... more) {
		Map<String, String> environment = Map.of("POSTGRES_URL", url, "PASSENGERS_CSV",
				this.directory.resolve("passengers.csv").toString(), "KUBERNETES_MASTER", this.server.url("/"),
				"KUBERNETES_TRUST_CERTIFICATES", "true", "KUBERNETES_NAMESPACE", this.client.getNamespace());
		SetupProcess run = SetupProcess.start(environment, "", more);
		this.runs.add(run);
		return run;
	}

	private Secrets secrets() {
		return new Secrets(this.client);
	}

}
