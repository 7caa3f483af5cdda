package dev.crud.setup;

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
 * The server the setup works on. SQLSTATEs: PostgreSQL's documentation, appendix A.
 */
final class Postgres {

	private static final String WRONG_PASSWORD = "28P01";

	/** Starting, stopping, or full: it will pass, as will class 08, no connection. */
	private static final Set<String> NOT_NOW = Set.of("57P01", "57P02", "57P03", "53300");

	/**
	 * Of class 08, but not for want of a connection: the driver and the server can't
	 * agree.
	 */
	private static final String REJECTED = "08004";

	private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended('" + Setup.FUNCTIONS.setupImage()
			+ "', 0))";

	private final PGSimpleDataSource server = new PGSimpleDataSource();

	private final Duration patience;

	private final Consumer<String> log;

	/**
	 * Creates one.
	 * @param url where it is, as JDBC says it
	 * @param password the superuser's
	 * @param patience how long to wait for it, and for another setup
	 * @param log where to say so
	 */
	Postgres(String url, String password, Duration patience, Consumer<String> log) {
		this.patience = patience;
		this.log = log;
		setUrl(url);
		this.server.setUser("postgres");
		this.server.setPassword(password);
		this.server.setApplicationName(Setup.FUNCTIONS.setupImage());
		this.server.setGssEncMode("disable");
		this.server.setConnectTimeout(5);
		this.server.setLoginTimeout(10);
		this.server.setReWriteBatchedInserts(true);
		// A server notices within a minute that our machine is gone, and frees the lock.
		this.server.setOptions("-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3");
	}

	private void setUrl(String url) {
		try {
			this.server.setUrl(url);
		}
		catch (IllegalArgumentException ex) {
			// Without its message, which has the URL and what may be in it.
			throw new SetupException("POSTGRES_URL is not like jdbc:postgresql://host:5432/database");
		}
	}

	DataSource dataSource() {
		return this.server;
	}

	/**
	 * Waits until it can be worked with.
	 * @return a connection of the superuser
	 */
	Connection await() {
		Patience patience = new Patience(this.patience, this.log);
		while (true) {
			try {
				return this.server.getConnection();
			}
			catch (SQLException ex) {
				refuseToWait(ex);
				patience.pause("Postgres is not there yet: " + SetupException.describe(ex));
			}
		}
	}

	private static void refuseToWait(SQLException ex) {
		String state = String.valueOf(ex.getSQLState());
		if (WRONG_PASSWORD.equals(state)) {
			throw new SetupException("Postgres is there but refuses the password of its user postgres. "
					+ "It was set up with another one than the credentials have", ex);
		}
		if (!NOT_NOW.contains(state) && !(state.startsWith("08") && !REJECTED.equals(state))) {
			throw new SetupException("Postgres is there but refuses to work with us", ex);
		}
	}

	/**
	 * Waits until no other setup is at work. Asks again and again: a query that waits
	 * would be waited for in turn by an index that the other one creates concurrently.
	 * @param connection has the lock from then on, until it is closed
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
			patience.pause("Another setup is at work");
		}
	}

	/**
	 * Tells whether a role can log in with a password.
	 * @param role its name
	 * @param password its password
	 * @return false when that is not its password, or it has none
	 * @throws SQLException when it can't log in for another reason
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
