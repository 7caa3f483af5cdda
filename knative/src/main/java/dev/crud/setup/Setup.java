package dev.crud.setup;

import dev.crud.function.FunctionDeclaration;

import dev.crud.function.Functions;

import dev.crud.Declaration;
import dev.crud.knative.ConnectionBudget;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Prepares a database for the functions: credentials, schema, roles, rows. Each step does
 * only what is left to do. The setup may therefore be interrupted anywhere and run again,
 * and two may run at once.
 */
public final class Setup {

	static final Functions FUNCTIONS = Declaration.FUNCTIONS;

	/** All roles that the migrations name. */
	private static final List<String> ROLES = Stream.concat(roles().stream(), Stream.of(FUNCTIONS.role())).toList();

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
	 * @param arguments nothing, or one of {@code credentials}, to stop after the
	 * credentials, {@code new-passwords} and {@code lock-old-passwords}
	 */
	public static void main(String[] arguments) {
		Setup setup = new Setup(System.getenv(), () -> new KubernetesClientBuilder().build(), PATIENCE,
				System.out::println);
		System.exit(setup.run(arguments) ? 0 : 1);
	}

	/**
	 * Runs the setup.
	 * @param arguments the program's
	 * @return whether it succeeded; if not, the log says why
	 */
	boolean run(String... arguments) {
		try {
			run(Task.of(arguments));
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

	private void run(Task task) throws SQLException {
		String directory = this.environment.get("CREDENTIALS_DIRECTORY");
		if (directory == null) {
			try (KubernetesClient client = this.kubernetes.get()) {
				Credentials credentials = new SecretCredentials(client, this.log);
				run(task, credentials, roles(), ConnectionBudget.needed(FUNCTIONS.all()),
						(applied) -> AppliedMigrations.publish(client, applied));
			}
		}
		else if (task == Task.SETUP || task == Task.CREDENTIALS) {
			// One process serves all functions there, with a few connections, and starts
			// after the setup.
			run(task, new FileCredentials(Path.of(directory), this.log), List.of(FUNCTIONS.role()), 0, (applied) -> {
			});
		}
		else {
			throw new SetupException("Passwords are replaced on a cluster only");
		}
	}

	private void run(Task task, Credentials credentials, List<String> roles, int connections,
			Consumer<Map<String, String>> migrated) throws SQLException {
		String url = this.environment.get("POSTGRES_URL");
		String administrator = this.environment.get("POSTGRES_USERNAME");
		if (task == Task.CREDENTIALS) {
			credentials.superuser();
			roles.forEach((role) -> credentials.login(new Role(role, role), role));
			return;
		}
		PGSimpleDataSource server;
		String prefix = "";
		if (url == null) {
			Map<String, String> secret = credentials.external(ExternalPostgres.keys());
			server = ExternalPostgres.of(secret);
			prefix = ExternalPostgres.ROLE_PREFIX.in(secret);
		}
		else if (administrator == null) {
			// The Postgres of an installation that brings its own waits for its password.
			server = Postgres.at(url, "postgres", credentials.superuser());
		}
		else {
			server = Postgres.at(url, administrator, this.environment.getOrDefault("POSTGRES_PASSWORD", ""));
		}
		Postgres postgres = new Postgres(server, this.patience, this.log);
		try (Connection connection = postgres.await()) {
			this.log.accept("Postgres: connected");
			Requirements.check(connection, connections);
			postgres.lock(connection);
			Requirements.checkRoles(connection, ROLES.stream().map(prefix::concat).toList());
			Logins logins = new Logins(postgres, connection);
			List<Change> changes = new ArrayList<>();
			for (String name : roles) {
				changes.add(change(task, credentials, logins, new Role(name, prefix + name)));
			}
			this.log.accept(Schema.migrate(PrefixedRoles.in(postgres.dataSource(), ROLES, prefix)));
			for (Change change : changes) {
				apply(change, credentials, logins);
			}
			migrated.accept(Schema.applied(postgres.dataSource()));
			if (task == Task.SETUP) {
				Path csv = file(this.environment.get(FUNCTIONS.csvVariable()));
				this.log.accept(new InitialRows(Declaration.TABLE, csv).load(connection));
			}
		}
	}

	/** Each function has a role of its own name. */
	static List<String> roles() {
		return FUNCTIONS.withDatabase().stream().map(FunctionDeclaration::name).toList();
	}

	private static Change change(Task task, Credentials credentials, Logins logins, Role role) throws SQLException {
		Login login = credentials.login(role, logins.unused(role));
		boolean open = logins.isOpen(login.name());
		boolean otherOpen = logins.isOpen(role.other(login.name()));
		// If the other one is open, an earlier run has replaced it, and pods may use it
		// still. If this one is locked, it was stored just now.
		boolean replace = task == Task.NEW_PASSWORDS && open && !otherOpen;
		// In a new database nobody can be using the role that a migration opens there.
		boolean lock = task == Task.LOCK_OLD_PASSWORDS || (!open && !otherOpen);
		return new Change(role, login, replace, lock);
	}

	/**
	 * Only once the migrations have succeeded: a pod must not start with a login that is
	 * not opened.
	 */
	private void apply(Change change, Credentials credentials, Logins logins) throws SQLException {
		Role role = change.role;
		Login login = change.replace ? credentials.replace(role, role.other(change.stored.name())) : change.stored;
		boolean set = logins.open(role, login);
		this.log.accept("Role " + login.name() + ": password " + (set ? "set" : "already set"));
		String other = role.other(login.name());
		if (change.lock && logins.exists(other)) {
			boolean open = logins.isOpen(other);
			// Also when it is locked: sessions may be left, if that was interrupted.
			logins.lock(other);
			if (open) {
				this.log.accept("Role " + other + ": locked");
			}
		}
	}

	private static @Nullable Path file(@Nullable String name) {
		return (name != null) ? Path.of(name) : null;
	}

	/**
	 * What is to change about the logins of a role.
	 *
	 * @param role the role
	 * @param stored the login that is stored
	 * @param replace whether to store the other one in its place
	 * @param lock whether to lock the one that is not stored then
	 */
	private record Change(Role role, Login stored, boolean replace, boolean lock) {
	}

}
