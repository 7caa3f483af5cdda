package dev.crud.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;

import io.netty.pkitesting.X509Bundle;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.util.FileSystemUtils;

/**
 * Runs a Postgres like that of the official image: a superuser with a password, an empty
 * database, and SCRAM for connections over the network. It logs every statement.
 */
final class ScratchPostgres implements AutoCloseable {

	private final Path data;

	private final String password;

	private final EmbeddedPostgres postgres;

	/**
	 * Starts a server. It can't be reached before it is set up.
	 * @param port the port to listen on
	 * @param password the superuser's password
	 */
	ScratchPostgres(int port, String password) {
		try {
			this.data = Files.createTempDirectory("setup");
			this.password = password;
			try (EmbeddedPostgres first = server().start();
					Connection connection = first.getPostgresDatabase().getConnection()) {
				connection.createStatement().execute("ALTER ROLE postgres PASSWORD '" + password + "'");
				connection.createStatement().execute("CREATE DATABASE " + Declared.DATABASE);
				Files.writeString(this.data.resolve("pg_hba.conf"), "host all all all scram-sha-256\n");
			}
			this.postgres = server().setPort(port)
				.setConnectConfig("password", password)
				.setServerConfig("max_connections", "200")
				.setServerConfig("logging_collector", "on")
				.setServerConfig("log_statement", "all")
				.start();
		}
		catch (IOException | SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private EmbeddedPostgres.Builder server() {
		return EmbeddedPostgres.builder()
			.setOverrideWorkingDirectory(Path.of("target/postgres").toFile())
			.setDataDirectory(this.data)
			.setCleanDataDirectory(false)
			.setRegisterShutdownHook(false)
			.setPGStartupWait(Duration.ofMinutes(1))
			.setLocaleConfig("locale-provider", "builtin")
			.setLocaleConfig("builtin-locale", "C.UTF-8")
			.setLocaleConfig("locale", "C");
	}

	/** Resets the server to its state at the start. */
	void reset() {
		execute("postgres", "DROP DATABASE IF EXISTS " + Declared.DATABASE + " WITH (FORCE)");
		String roles = query("postgres",
				"SELECT string_agg(quote_ident(rolname), ', ') FROM pg_roles WHERE rolname !~ '^(postgres$|pg_)'");
		if (!roles.equals("null")) {
			execute("postgres", "DROP ROLE " + roles);
		}
		execute("postgres", "CREATE DATABASE " + Declared.DATABASE);
	}

	/** Starts to take connections with TLS, with this certificate. */
	void certificate(X509Bundle certificate) {
		try {
			Path key = this.data.resolve("server.key");
			Files.writeString(key, certificate.getPrivateKeyPEM());
			Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
			Files.writeString(this.data.resolve("server.crt"), certificate.getCertificatePEM());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		execute("postgres", "ALTER SYSTEM SET ssl = on");
		execute("postgres", "SELECT pg_reload_conf()");
	}

	int port() {
		return this.postgres.getPort();
	}

	String url() {
		return "jdbc:postgresql://localhost:" + port() + "/" + Declared.DATABASE;
	}

	void execute(String sql) {
		execute(Declared.DATABASE, sql);
	}

	private void execute(String database, String sql) {
		try (Connection connection = connect(database)) {
			connection.createStatement().execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	/**
	 * Runs a query as the superuser.
	 * @param sql a query with one column
	 * @return a line for each row
	 */
	String query(String sql) {
		return query(Declared.DATABASE, sql);
	}

	private String query(String database, String sql) {
		try (Connection connection = connect(database);
				ResultSet rows = connection.createStatement().executeQuery(sql)) {
			StringBuilder lines = new StringBuilder();
			while (rows.next()) {
				lines.append(rows.getString(1)).append('\n');
			}
			return lines.toString().stripTrailing();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	/**
	 * Connects as the superuser.
	 * @return a connection to the database
	 * @throws SQLException when that fails
	 */
	Connection connect() throws SQLException {
		return connect(Declared.DATABASE);
	}

	private Connection connect(String database) throws SQLException {
		return DriverManager.getConnection(url().replace("/" + Declared.DATABASE, "/" + database), "postgres",
				this.password);
	}

	/**
	 * Returns everything that a run of the setup may change.
	 * @return passwords, migrations and rows, with the transactions that wrote them
	 */
	String state() {
		return Stream
			.of("SELECT (rolname, rolpassword)::text FROM pg_authid ORDER BY rolname",
					"SELECT (xmin, history.*)::text FROM flyway_schema_history history ORDER BY installed_rank",
					"SELECT (xmin, t.*)::text FROM " + Declared.TABLE + " t ORDER BY uuid")
			.map(this::query)
			.reduce("", (one, other) -> one + "\n" + other);
	}

	/**
	 * Returns what the server has logged.
	 * @return its log
	 */
	String log() {
		try (Stream<Path> files = Files.list(this.data.resolve("log"))) {
			StringBuilder log = new StringBuilder();
			for (Path file : files.toList()) {
				log.append(Files.readString(file));
			}
			return log.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.postgres.close();
			FileSystemUtils.deleteRecursively(this.data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
