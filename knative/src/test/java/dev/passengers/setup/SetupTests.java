package dev.passengers.setup;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The setup on a real Postgres and a Kubernetes API, in this process.
 */
@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init")
class SetupTests {

	private static final String PASSWORD = "a password of the superuser";

	private static final String HEADER = "Survived,Pclass,Name,Sex,Age,Siblings_Spouses_Aboard,"
			+ "Parents_Children_Aboard,Fare\n";

	private static ScratchPostgres postgres;

	KubernetesClient client;

	@TempDir
	Path directory;

	private final Map<String, String> environment = new HashMap<>();

	private final List<String> log = new CopyOnWriteArrayList<>();

	@BeforeAll
	static void start() {
		postgres = new ScratchPostgres(0, PASSWORD);
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	@BeforeEach
	void prepare() {
		postgres.reset();
		secrets().create("postgres", Map.of("password", PASSWORD));
		this.environment.put("POSTGRES_URL", postgres.url());
		this.environment.put("PASSENGERS_CSV", this.directory.resolve("passengers.csv").toString());
	}

	@AfterEach
	void nothingSecretWasLogged() {
		String all = String.join("\n", this.log) + postgres.log();
		assertThat(all).doesNotContain(secrets().passwords());
	}

	@Test
	void firstRunMakesAllThereIs() throws SQLException {
		assertThat(run()).as(this.log.toString()).isTrue();
		assertThat(secrets().names()).containsExactly("deletepassenger-database", "getpassenger-database",
				"passengerlist-database", "postgres", "postpassenger-database", "putpassenger-database");
		assertThat(secrets().passwords()).doesNotHaveDuplicates().allMatch((password) -> password.length() >= 24);
		for (String role : Setup.FUNCTIONS) {
			assertThat(secrets().value(role + "-database", "username")).isEqualTo(role);
			DriverManager.getConnection(postgres.url(), role, secrets().value(role + "-database", "password")).close();
		}
		assertThat(rows()).isEqualTo("200");
		assertThat(this.log).endsWith("Passengers: 200 loaded from the sample", "Done");
	}

	@Test
	void secondRunChangesNothing() {
		run();
		String before = postgres.state();
		Map<String, String> secrets = secrets().state();
		assertThat(run()).isTrue();
		assertThat(postgres.state()).isEqualTo(before);
		assertThat(secrets().state()).isEqualTo(secrets);
		assertThat(this.log).contains("Schema: 0 migrations applied, now at version 3",
				"Role getpassenger: password as it should be", "Passengers: there, nothing loaded");
	}

	@Test
	void newPasswordIsSetAndTheOthersAreLeftAlone() {
		run();
		String before = verifiers("<>");
		this.client.secrets().withName("getpassenger-database").delete();
		assertThat(run()).isTrue();
		assertThat(verifiers("<>")).isEqualTo(before);
		assertThat(this.log).contains("Role getpassenger: password set", "Role putpassenger: password as it should be");
		assertThat(verifiers("=")).startsWith("SCRAM-SHA-256$");
	}

	@Test
	void userNameOfAnotherRoleIsRefused() {
		secrets().create("getpassenger-database", Map.of("username", "postgres", "password", "of somebody else"));
		assertThat(run()).isFalse();
		assertThat(this.log)
			.endsWith("FAILED: Credentials getpassenger-database must have a password, and the username getpassenger");
	}

	@Test
	void refusedPasswordEndsItAtOnce() {
		secrets().deleteAll();
		secrets().create("postgres", Map.of("password", "not the password"));
		assertThat(run()).isFalse();
		assertThat(this.log.get(this.log.size() - 1))
			.startsWith("FAILED: Postgres is there but refuses the password of its user postgres.");
		assertThat(this.log).noneMatch((line) -> line.startsWith("Waiting"));
	}

	@Test
	void missingDatabaseEndsItAtOnce() {
		this.environment.put("POSTGRES_URL", postgres.url() + "x");
		assertThat(run()).isFalse();
		assertThat(this.log.get(this.log.size() - 1))
			.startsWith("FAILED: Postgres is there but refuses to work with us")
			.contains("\"passengersx\" does not exist");
	}

	@Test
	void absentPostgresIsWaitedForButNotForever() throws IOException {
		this.environment.put("POSTGRES_URL", "jdbc:postgresql://localhost:" + freePort() + "/passengers");
		assertThat(run()).isFalse();
		assertThat(this.log).filteredOn((line) -> line.startsWith("Waiting at most 2 s. Postgres is not there yet: "))
			.hasSize(1);
		assertThat(this.log).last().asString().startsWith("FAILED: Gave up after 2 s. Postgres is not there yet: ");
	}

	@Test
	void anotherSetupIsWaitedForButNotForever() throws SQLException {
		try (Connection other = postgres.connect()) {
			other.createStatement().execute("SELECT pg_advisory_lock(hashtextextended('passenger-setup', 0))");
			assertThat(run()).isFalse();
		}
		assertThat(this.log).endsWith("Postgres: there", "Waiting at most 2 s. Another setup is at work",
				"FAILED: Gave up after 2 s. Another setup is at work");
		assertThat(run()).isTrue();
	}

	@Test
	void badUrlIsNotRepeated() {
		this.environment.put("POSTGRES_URL", "postgresql://postgres:in-the-url@localhost/passengers");
		assertThat(run()).isFalse();
		assertThat(this.log).endsWith("FAILED: POSTGRES_URL is not like jdbc:postgresql://host:5432/database");
		this.environment.remove("POSTGRES_URL");
		assertThat(run()).isFalse();
		assertThat(this.log).endsWith("FAILED: POSTGRES_URL is not set");
	}

	@Test
	void ownPassengersTakeThePlaceOfTheSample() throws IOException {
		write(HEADER + "1,1,\"Bonnell, Miss. Elizabeth\",female,58,0,0,26.55\n");
		assertThat(run()).isTrue();
		assertThat(postgres.query("SELECT (survived, name, age, fare)::text FROM passengers"))
			.isEqualTo("(t,\"Bonnell, Miss. Elizabeth\",58,26.55)");
	}

	@Test
	void passengersThatAreThereAreLeftAlone() throws IOException {
		run();
		String before = postgres.state();
		write(HEADER + "not even looked at\n");
		assertThat(run()).isTrue();
		assertThat(postgres.state()).isEqualTo(before);
	}

	@Test
	void badCsvIsToldByLineAndNothingIsLoaded() throws IOException {
		StringBuilder csv = new StringBuilder(HEADER);
		for (int i = 0; i < 3000; i++) {
			csv.append("1,1,Somebody,female,58,0,0,26.55\n");
		}
		write(csv + "2,1,Somebody,other,58,0,0,26.55\n1,1,Somebody,male,58\n");
		assertThat(run()).isFalse();
		String file = this.directory.resolve("passengers.csv").toString();
		assertThat(this.log.get(this.log.size() - 1).lines()).containsExactly(
				"FAILED: Nothing was loaded: " + file + " has bad rows.", file + ":3002: /survived must be 0 or 1",
				file + ":3002: /sex must be male or female", file + ":3003:  must have 8 values, as the header has");
		assertThat(rows()).isEqualTo("0");
		write(csv.toString());
		assertThat(run()).isTrue();
		assertThat(rows()).isEqualTo("3000");
	}

	@Test
	void headerAloneLeavesTheTableEmpty() throws IOException {
		write(HEADER);
		assertThat(run()).isTrue();
		assertThat(rows()).isEqualTo("0");
	}

	@Test
	void unreadableCsvIsToldAndNothingIsLoaded() throws IOException {
		Files.createDirectory(this.directory.resolve("passengers.csv"));
		assertThat(run()).isFalse();
		assertThat(this.log).last().asString().startsWith("FAILED: Nothing was loaded: ").contains("can't be read");
		assertThat(rows()).isEqualTo("0");
	}

	@Test
	void schemaOfSomebodyElseIsLeftAlone() {
		postgres.execute("CREATE TABLE passengers (name text)");
		assertThat(run()).isFalse();
		assertThat(this.log).last().asString().startsWith("FAILED: The schema could not be brought up to date");
		assertThat(postgres.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).isEqualTo("1");
	}

	@Test
	void rolesCanNotLogInWithoutTheirPassword() {
		run();
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> DriverManager.getConnection(postgres.url(), "passengerlist", "guess"));
	}

	private boolean run() {
		Duration patience = Duration.ofSeconds(2);
		return new Setup(this.environment,
				() -> new KubernetesClientBuilder().withConfig(this.client.getConfiguration()).build(), patience,
				this.log::add)
			.run(false);
	}

	private Secrets secrets() {
		return new Secrets(this.client);
	}

	private void write(String csv) throws IOException {
		Files.writeString(this.directory.resolve("passengers.csv"), csv);
	}

	private static String rows() {
		return postgres.query("SELECT count(*) FROM passengers");
	}

	private static String verifiers(String operator) {
		return postgres.query("SELECT rolpassword FROM pg_authid WHERE rolname " + operator
				+ " 'getpassenger' AND rolpassword IS NOT NULL ORDER BY rolname");
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
