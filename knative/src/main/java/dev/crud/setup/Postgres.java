package dev.crud.setup;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * The server that the setup works on. For the SQLSTATEs see PostgreSQL's documentation,
 * appendix A.
 */
final class Postgres {

	private static final String WRONG_PASSWORD = "28P01";

	/** Starting, stopping or out of connections: temporary, as is most of class 08. */
	private static final Set<String> NOT_NOW = Set.of("57P01", "57P02", "57P03", "53300");

	/** In class 08 but not temporary: driver and server can't agree. */
	private static final String REJECTED = "08004";

	/** What the driver says when a certificate is for another host. */
	private static final String WRONG_HOST = "The hostname ";

	private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended('" + Setup.FUNCTIONS.setupImage()
			+ "', 0))";

	private final PGSimpleDataSource server;

	private final Duration patience;

	private final Consumer<String> log;

	/**
	 * Creates one.
	 * @param server where it is, and its administrator
	 * @param patience how long to wait for the server, and for another setup to finish
	 * @param log receives a line for each wait
	 */
	Postgres(PGSimpleDataSource server, Duration patience, Consumer<String> log) {
		this.server = server;
		this.patience = patience;
		this.log = log;
		this.server.setApplicationName(Setup.FUNCTIONS.setupImage());
		this.server.setGssEncMode("disable");
		this.server.setConnectTimeout(5);
		this.server.setLoginTimeout(10);
		this.server.setReWriteBatchedInserts(true);
		// Within a minute the server notices that this machine is gone, and releases the
		// lock.
		this.server.setOptions("-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3");
	}

	/**
	 * Returns the server of an installation that brings its own.
	 * @param url its JDBC URL
	 * @param administrator a superuser, or a role that may create roles and owns the
	 * database
	 * @param password the administrator's password
	 * @return the server
	 */
	static PGSimpleDataSource at(String url, String administrator, String password) {
		PGSimpleDataSource server = new PGSimpleDataSource();
		try {
			server.setUrl(url);
		}
		catch (IllegalArgumentException ex) {
			// Without the cause, whose message contains the URL and so perhaps a
			// password.
			throw new SetupException("POSTGRES_URL must look like jdbc:postgresql://host:5432/database");
		}
		server.setUser(administrator);
		server.setPassword(password);
		return server;
	}

	DataSource dataSource() {
		return this.server;
	}

	/**
	 * Waits until the server accepts a connection.
	 * @return the administrator's connection
	 */
	Connection await() {
		Patience patience = new Patience(this.patience, this.log);
		while (true) {
			try {
				return this.server.getConnection();
			}
			catch (SQLException ex) {
				refuseToWait(ex);
				patience.pause("Postgres is not available yet: " + SetupException.describe(ex));
			}
		}
	}

	private void refuseToWait(SQLException ex) {
		String state = String.valueOf(ex.getSQLState());
		if (WRONG_PASSWORD.equals(state)) {
			throw new SetupException("Postgres refuses the password of its user " + this.server.getUser()
					+ ". It was set up with another one than the credentials contain", ex);
		}
		if (isCertificateRefused(ex)) {
			throw new SetupException("Postgres's certificate is refused", ex);
		}
		if (!NOT_NOW.contains(state) && !(state.startsWith("08") && !REJECTED.equals(state))) {
			throw new SetupException("Postgres refuses the connection", ex);
		}
	}

	/** The driver reports both as failed connections, which others might cure. */
	private static boolean isCertificateRefused(SQLException ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof GeneralSecurityException
					|| String.valueOf(cause.getMessage()).startsWith(WRONG_HOST)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Waits until no other setup is running, by trying again and again. A statement that
	 * waited for the lock would itself hold up an index that the other setup creates
	 * concurrently.
	 * @param connection holds the lock from then on, until it is closed
	 * @throws SQLException when the server fails
	 */
	void lock(Connection connection) throws SQLException {
		Patience patience = new Patience(this.patience, this.log);
		while (true) {
			try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(LOCK)) {
				row.next();
				if (row.getBoolean(1)) {
					return;
				}
			}
			patience.pause("Another setup is running");
		}
	}

	/**
	 * Checks whether a role can log in with a password.
	 * @param role the name of the role
	 * @param password the password to try
	 * @return false when the role has another password or none
	 * @throws SQLException when the login fails for another reason
	 */
	boolean accepts(String role, String password) throws SQLException {
		try {
			this.server.getConnection(role, password).close();
			return true;
		}
		catch (SQLException ex) {
			if (WRONG_PASSWORD.equals(ex.getSQLState())) {
				return false;
			}
			throw ex;
		}
	}

}
