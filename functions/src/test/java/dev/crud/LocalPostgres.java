package dev.crud;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.util.FileSystemUtils;

/**
 * Runs an embedded Postgres with the schema in it. Its binaries are unpacked once, under
 * {@code target}. Its data is deleted when it is closed or the process ends.
 */
public final class LocalPostgres implements AutoCloseable {

	/** The password of every login role here; on a cluster, each role has its own. */
	public static final String PASSWORD = "local";

	private static final String DATABASE = Declaration.FUNCTIONS.database();

	// Both would log in detail what this class does.
	static {
		LoggingSystem logging = LoggingSystem.get(LocalPostgres.class.getClassLoader());
		logging.setLogLevel("io.zonky.test.db.postgres", LogLevel.OFF);
		logging.setLogLevel("org.flywaydb", LogLevel.WARN);
	}

	/** The functions need their passwords, as on a cluster; the tests don't. */
	private static final String AUTHENTICATION = """
			host all postgres all trust
			host all all all scram-sha-256
			""";

	private final Path data;

	private EmbeddedPostgres postgres;

	private LocalPostgres(Path data, EmbeddedPostgres postgres) {
		this.data = data;
		this.postgres = postgres;
	}

	/**
	 * Starts a server on a free port.
	 * @param rows statements to run before the indexes are created, which is faster for
	 * many rows
	 * @return the running server
	 */
	public static LocalPostgres start(String... rows) {
		try {
			Path data = Files.createTempDirectory(DATABASE);
			LocalPostgres postgres = new LocalPostgres(data, server(data).start());
			Files.writeString(data.resolve("pg_hba.conf"), AUTHENTICATION);
			postgres.prepare(rows);
			return postgres;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static EmbeddedPostgres.Builder server(Path data) {
		return EmbeddedPostgres.builder()
			.setOverrideWorkingDirectory(binaries())
			.setDataDirectory(data)
			.setCleanDataDirectory(false)
			.setRegisterShutdownHook(false)
			.setPGStartupWait(Duration.ofMinutes(1))
			.setLocaleConfig("locale-provider", "builtin")
			.setLocaleConfig("builtin-locale", "C.UTF-8")
			.setLocaleConfig("locale", "C")
			// The library trades durability for speed, which a test that kills the server
			// can't accept.
			.setServerConfig("scram_iterations", "32")
			.setServerConfig("synchronous_commit", "on")
			.setServerConfig("fsync", "on")
			.setServerConfig("full_page_writes", "on");
	}

	/**
	 * Returns a directory beside {@code target/test-classes}, regardless of where the
	 * process was started.
	 */
	private static File binaries() {
		try {
			return Path.of(LocalPostgres.class.getProtectionDomain().getCodeSource().getLocation().toURI())
				.resolveSibling("postgres")
				.toFile();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void prepare(String... rows) {
		execute("postgres", "SELECT pg_reload_conf()");
		execute("postgres", "CREATE DATABASE " + DATABASE);
		migrate("1");
		for (String sql : rows) {
			execute(sql);
		}
		migrate("latest");
		Routes.roles().forEach(this::setPassword);
		setPassword(Declaration.FUNCTIONS.role());
	}

	private void setPassword(String role) {
		execute("ALTER ROLE " + role + " PASSWORD '" + PASSWORD + "'");
	}

	private void migrate(String version) {
		Flyway.configure().dataSource(this.postgres.getDatabase("postgres", DATABASE)).target(version).load().migrate();
	}

	/**
	 * Connects as the superuser.
	 * @return a connection to the declared database
	 * @throws SQLException when that fails
	 */
	public Connection connect() throws SQLException {
		return this.postgres.getDatabase("postgres", DATABASE).getConnection();
	}

	/**
	 * Connects as one of the login roles.
	 * @param role the name of the role
	 * @return a connection to the declared database
	 * @throws SQLException when that fails
	 */
	public Connection connect(String role) throws SQLException {
		return DriverManager.getConnection(
				"jdbc:postgresql://localhost:" + port() + "/" + DATABASE + "?user=" + role + "&password=" + PASSWORD);
	}

	/**
	 * Runs a statement as the superuser.
	 * @param sql the statement
	 */
	public void execute(String sql) {
		execute(DATABASE, sql);
	}

	private void execute(String database, String sql) {
		try (Connection connection = this.postgres.getDatabase("postgres", database).getConnection()) {
			connection.createStatement().execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	/**
	 * Starts to take connections with TLS, with a certificate of an authority of its own.
	 * One has an RSA key and the other one of an elliptic curve, as a server may have
	 * either.
	 * @return an R2DBC URL that demands TLS and knows the authority
	 */
	public String encrypt() {
		try {
			X509Bundle authority = new CertificateBuilder().subject("CN=authority")
				.algorithm(CertificateBuilder.Algorithm.rsa2048)
				.setIsCertificateAuthority(true)
				.buildSelfSigned();
			certificate(new CertificateBuilder().subject("CN=localhost")
				.addSanDnsName("localhost")
				.buildIssuedBy(authority));
			Path file = Files.writeString(this.data.resolve("authority.crt"), authority.getCertificatePEM());
			return r2dbcUrl() + "?sslMode=verify-full&sslRootCert=" + file;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
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

	public int port() {
		return this.postgres.getPort();
	}

	/**
	 * Kills the server and all its processes, as a failing machine would.
	 */
	public void kill() {
		List<ProcessHandle> all = processes();
		all.forEach(ProcessHandle::destroyForcibly);
		all.forEach((process) -> process.onExit().join());
		try {
			// Finds nothing to stop, but releases its lock on the data.
			this.postgres.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts the server again after {@link #kill()}, on the same port and with the same
	 * data.
	 */
	public void restart() {
		try {
			Files.deleteIfExists(this.data.resolve("postmaster.pid"));
			this.postgres = server(this.data).setPort(port()).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Freezes the server with its connections open, or lets it continue.
	 * @param frozen whether to freeze it
	 */
	public void freeze(boolean frozen) {
		processes().forEach((process) -> {
			try {
				new ProcessBuilder("kill", frozen ? "-STOP" : "-CONT", Long.toString(process.pid())).start().waitFor();
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	/**
	 * Returns the server's main process and those that it has started, one for each
	 * connection among them.
	 */
	List<ProcessHandle> processes() {
		ProcessHandle postmaster = ProcessHandle.of(postmasterPid()).orElseThrow();
		return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
	}

	/**
	 * Returns the id of the server's main process.
	 * @return the process id
	 */
	public long postmasterPid() {
		try {
			return Long.parseLong(Files.readAllLines(this.data.resolve("postmaster.pid")).get(0).strip());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the URL under which the functions find the database.
	 * @return an R2DBC URL
	 */
	public String r2dbcUrl() {
		return "r2dbc:postgresql://localhost:" + port() + "/" + DATABASE;
	}

	@Override
	public void close() {
		try {
			this.postgres.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			delete(this.data);
		}
	}

	private static void delete(Path data) {
		try {
			FileSystemUtils.deleteRecursively(data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
