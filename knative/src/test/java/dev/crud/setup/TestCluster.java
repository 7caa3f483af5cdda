package dev.crud.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.crud.Declaration;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Provides a real Postgres and a mock Kubernetes API as they are before the first run of
 * the setup. All tests share the server, but each test uses it alone.
 */
final class TestCluster implements AutoCloseable {

	private static final String PASSWORD = "a password of the superuser";

	/** The name of the file that the setup loads. */
	static final String CSV = "rows.csv";

	private static final ScratchPostgres POSTGRES = new ScratchPostgres(0, PASSWORD);

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(POSTGRES::close));
	}

	private final Config kubernetes;

	private final Secrets secrets;

	private final Path csv;

	private final Map<String, String> environment = new HashMap<>();

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final List<SetupProcess> processes = new ArrayList<>();

	/**
	 * Resets everything to its state before the first run.
	 * @param client a client of the Kubernetes API
	 * @param directory the directory for a CSV file
	 */
	TestCluster(KubernetesClient client, Path directory) {
		this.kubernetes = client.getConfiguration();
		this.secrets = new Secrets(client);
		this.csv = directory.resolve(CSV);
		this.environment
			.putAll(Map.of("POSTGRES_URL", POSTGRES.url(), Declaration.FUNCTIONS.csvVariable(), this.csv.toString()));
		startAgain();
	}

	void startAgain() {
		POSTGRES.reset();
		this.secrets.deleteAll();
		this.secrets.create("postgres", Map.of("password", PASSWORD));
	}

	ScratchPostgres postgres() {
		return POSTGRES;
	}

	Secrets secrets() {
		return this.secrets;
	}

	void url(String url) {
		this.environment.put("POSTGRES_URL", url);
	}

	/**
	 * Names an administrator other than the superuser, whose Secret nobody needs then.
	 */
	void administrator(String name, String password) {
		this.environment.put("POSTGRES_USERNAME", name);
		this.environment.put("POSTGRES_PASSWORD", password);
		this.secrets.delete("postgres");
	}

	/** Makes the Secret of a Postgres that others run. */
	void external(Map<String, String> secret) {
		this.environment.remove("POSTGRES_URL");
		this.secrets.delete("postgres");
		this.secrets.create("postgres", secret);
	}

	/**
	 * Writes the CSV file that the setup loads.
	 * @param text its content
	 * @return the path of the file
	 */
	Path csv(String text) {
		try {
			return Files.writeString(this.csv, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Runs the setup in this process; it waits for at most 2 s.
	 * @param arguments the program's
	 * @return whether the setup was completed
	 */
	boolean run(String... arguments) {
		this.log.clear();
		return new Setup(this.environment, () -> new KubernetesClientBuilder().withConfig(this.kubernetes).build(),
				Duration.ofSeconds(2), this.log::add)
			.run(arguments);
	}

	/** Returns what the last run in this process has logged. */
	List<String> log() {
		return this.log;
	}

	/**
	 * Starts the packaged setup, as on a cluster.
	 * @param more more entries for its class path
	 * @return the running process
	 */
	SetupProcess start(Path... more) {
		Map<String, String> all = new HashMap<>(this.environment);
		all.putAll(Map.of("KUBERNETES_MASTER", this.kubernetes.getMasterUrl(), "KUBERNETES_TRUST_CERTIFICATES", "true",
				"KUBERNETES_NAMESPACE", this.kubernetes.getNamespace()));
		SetupProcess process = SetupProcess.start(all, "", more);
		this.processes.add(process);
		return process;
	}

	/**
	 * Runs the packaged setup to its end, after which everything must be there.
	 * @return its log
	 * @throws SQLException when a role can't log in
	 */
	List<String> complete() throws SQLException {
		SetupProcess run = start();
		assertThat(run.exitStatus()).as(run.toString()).isZero();
		assertComplete();
		return run.lines();
	}

	void assertComplete() throws SQLException {
		assertThat(POSTGRES.query("SELECT max(version::int) FROM flyway_schema_history WHERE success"))
			.isEqualTo(Declared.version());
		assertThat(POSTGRES.query("SELECT count(*) FROM " + Declared.TABLE)).isEqualTo(Declared.sampleRows());
		for (String role : Setup.roles()) {
			login(role).close();
		}
		assertThat(this.secrets.kubernetes().configMaps().withName("schema").get().getData())
			.containsKey(Declared.version());
	}

	/** Connects with what the Secret of a function says. */
	Connection login(String role) throws SQLException {
		return DriverManager.getConnection(POSTGRES.url(), this.secrets.value(role + "-database", "username"),
				this.secrets.value(role + "-database", "password"));
	}

	@Override
	public void close() {
		this.processes.forEach(SetupProcess::kill);
		String told = this.log + this.processes.toString() + POSTGRES.log();
		assertThat(this.secrets.passwords()).noneMatch(told::contains);
	}

}
