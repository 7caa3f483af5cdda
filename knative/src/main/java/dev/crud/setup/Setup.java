package dev.crud.setup;

import dev.crud.function.FunctionDeclaration;

import dev.crud.function.Functions;

import dev.crud.Declaration;
import dev.crud.knative.ConnectionBudget;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PasswordUtil;

/**
 * Prepares a database for the functions: credentials, schema, roles, rows. Each step does
 * only what is left to do. The setup may therefore be interrupted anywhere and run again,
 * and two may run at once.
 */
public final class Setup {

	static final Functions FUNCTIONS = Declaration.FUNCTIONS;

	private static final int SALT_BYTES = 16;

	/**
	 * Iterations make guessing a password slower. Nobody can guess the 256 random bits of
	 * {@link Credentials}, and a client that has just started would compute slowly the
	 * 4096 iterations that Postgres makes by default.
	 */
	private static final int SCRAM_ITERATIONS = 32;

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private final Map<String, String> environment;

	private final Supplier<KubernetesClient> kubernetes;

	private final Duration patience;

	private final Consumer<String> log;

	Setup(Map<String, String> environment, Supplier<KubernetesClient> kubernetes, Duration patience,
			Consumer<String> log) {
		this.environment = environment;
		this.kubernetes = kubernetes;
		this.patience = patience;
		this.log = log;
	}

	/**
	 * Runs the setup. The exit status is 1 when it failed.
	 * @param arguments {@code credentials} to stop after the credentials, otherwise
	 * nothing
	 */
	public static void main(String[] arguments) {
		Setup setup = new Setup(System.getenv(), () -> new KubernetesClientBuilder().build(), PATIENCE,
				System.out::println);
		System.exit(setup.run(List.of(arguments).contains("credentials")) ? 0 : 1);
	}

	/**
	 * Runs the setup.
	 * @param credentialsOnly whether to stop after the credentials
	 * @return whether it succeeded; if not, the log says why
	 */
	boolean run(boolean credentialsOnly) {
		try {
			String directory = this.environment.get("CREDENTIALS_DIRECTORY");
			if (directory != null) {
				// One process serves all functions there, with a few connections.
				run(new FileCredentials(Path.of(directory), this.log), List.of(FUNCTIONS.role()), 0, credentialsOnly);
			}
			else {
				try (KubernetesClient client = this.kubernetes.get()) {
					run(new SecretCredentials(client, this.log), roles(), ConnectionBudget.needed(FUNCTIONS.all()),
							credentialsOnly);
				}
			}
			this.log.accept("Done");
			return true;
		}
		catch (SetupException ex) {
			this.log.accept("FAILED: " + ex.getMessage());
		}
		catch (SQLException ex) {
			this.log.accept("FAILED: Postgres: " + SetupException.line(ex));
		}
		return false;
	}

	private void run(Credentials credentials, List<String> roles, int connections, boolean credentialsOnly)
			throws SQLException {
		String url = this.environment.get("POSTGRES_URL");
		String administrator = this.environment.get("POSTGRES_USERNAME");
		// The Postgres of an installation that brings its own waits for its password.
		boolean own = url != null && administrator == null;
		String superuser = (own || credentialsOnly) ? credentials.superuser() : "";
		Map<String, String> passwords = new LinkedHashMap<>();
		roles.forEach((role) -> passwords.put(role, credentials.role(role)));
		if (!credentialsOnly) {
			PGSimpleDataSource server;
			if (url == null) {
				server = ExternalPostgres.of(credentials.external(ExternalPostgres.keys()));
			}
			else if (administrator == null) {
				server = Postgres.at(url, "postgres", superuser);
			}
			else {
				server = Postgres.at(url, administrator, this.environment.getOrDefault("POSTGRES_PASSWORD", ""));
			}
			prepare(new Postgres(server, this.patience, this.log), connections, passwords);
		}
	}

	/** Each function has a login role of its own name. */
	static List<String> roles() {
		return FUNCTIONS.withDatabase().stream().map(FunctionDeclaration::name).toList();
	}

	private void prepare(Postgres postgres, int connections, Map<String, String> passwords) throws SQLException {
		try (Connection connection = postgres.await()) {
			this.log.accept("Postgres: connected");
			Requirements.check(connection, connections);
			postgres.lock(connection);
			this.log.accept(Schema.migrate(postgres.dataSource()));
			for (Map.Entry<String, String> role : passwords.entrySet()) {
				boolean set = setPassword(postgres, connection, role.getKey(), role.getValue());
				this.log.accept("Role " + role.getKey() + ": password " + (set ? "set" : "already set"));
			}
			this.log.accept(new InitialRows(Declaration.TABLE, file(this.environment.get(FUNCTIONS.csvVariable())))
				.load(connection));
		}
	}

	/**
	 * Sets a role's password. Postgres and its log only see the SCRAM verifier of it (RFC
	 * 5803).
	 */
	private static boolean setPassword(Postgres postgres, Connection connection, String role, String password)
			throws SQLException {
		if (postgres.accepts(role, password)) {
			return false;
		}
		byte[] salt = new byte[SALT_BYTES];
		new SecureRandom().nextBytes(salt);
		String verifier = PasswordUtil.encodeScramSha256(password.toCharArray(), SCRAM_ITERATIONS, salt);
		PGConnection quoting = connection.unwrap(PGConnection.class);
		try (Statement statement = connection.createStatement()) {
			statement.execute("ALTER ROLE " + quoting.escapeIdentifier(role) + " PASSWORD '"
					+ quoting.escapeLiteral(verifier) + "'");
		}
		return true;
	}

	private static @Nullable Path file(@Nullable String name) {
		return (name != null) ? Path.of(name) : null;
	}

}
