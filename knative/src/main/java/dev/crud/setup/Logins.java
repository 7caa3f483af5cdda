package dev.crud.setup;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.postgresql.PGConnection;
import org.postgresql.util.PasswordUtil;

/**
 * The logins of the functions' roles. Postgres keeps one password for a login, and a pod
 * keeps the one it has started with. So each role has two, used in turn: itself, and a
 * member of it, which is made when it is first needed. New pods use one while old pods
 * still use the other. A login that nobody uses is locked, which is also how the two are
 * told apart: every administrator may see that, but not whether there is a password.
 */
final class Logins {

	private static final int SALT_BYTES = 16;

	/**
	 * Iterations make guessing a password slower. Nobody can guess the 256 random bits of
	 * {@link Credentials}, and a client that has just started would compute slowly the
	 * 4096 iterations that Postgres makes by default.
	 */
	private static final int SCRAM_ITERATIONS = 32;

	private static final String EXISTS = "SELECT FROM pg_roles WHERE rolname = ?";

	private static final String SETTINGS = """
			SELECT split_part(setting, '=', 1) AS name, substr(setting, strpos(setting, '=') + 1) AS value
			FROM pg_roles, unnest(rolconfig) AS setting WHERE rolname = ?""";

	private static final String TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?";

	private final Postgres postgres;

	private final Connection connection;

	/**
	 * Creates one.
	 * @param postgres the server
	 * @param connection the administrator's connection to it
	 */
	Logins(Postgres postgres, Connection connection) {
		this.postgres = postgres;
		this.connection = connection;
	}

	/**
	 * Returns the login that no pod can be using.
	 * @param role the role
	 * @return the first of the two that is locked, or the role itself if none is
	 * @throws SQLException when the server fails
	 */
	String unused(Role role) throws SQLException {
		String second = role.other(role.name());
		return (isOpen(role.name()) && !isOpen(second)) ? second : role.name();
	}

	/**
	 * Checks whether a login exists and may log in.
	 * @param login the name of the login
	 * @return false also when there is no such role
	 * @throws SQLException when the server fails
	 */
	boolean isOpen(String login) throws SQLException {
		return exists(EXISTS + " AND rolcanlogin", login);
	}

	/**
	 * Lets a login in with its password, and with the rights and the settings of its
	 * role.
	 * @param role the role
	 * @param login the login to open
	 * @return whether the password had to be set
	 * @throws SQLException when the server fails; nothing has changed then
	 */
	boolean open(Role role, Login login) throws SQLException {
		boolean set = !isOpen(login.name()) || !this.postgres.accepts(login.name(), login.password());
		this.connection.setAutoCommit(false);
		try {
			if (!login.name().equals(role.name())) {
				makeMember(role.name(), login.name());
			}
			if (set) {
				execute("ALTER ROLE " + identifier(login.name()) + " LOGIN PASSWORD '" + verifier(login.password())
						+ "'");
			}
			this.connection.commit();
		}
		finally {
			this.connection.rollback();
			this.connection.setAutoCommit(true);
		}
		return set;
	}

	/** A member inherits rights, but no settings. */
	private void makeMember(String role, String member) throws SQLException {
		if (!exists(member)) {
			execute("CREATE ROLE " + identifier(member));
		}
		execute("GRANT " + identifier(role) + " TO " + identifier(member));
		execute("ALTER ROLE " + identifier(member) + " RESET ALL");
		for (Map.Entry<String, String> setting : settings(role).entrySet()) {
			// By way of the transaction, since only the server knows how each is quoted.
			try (PreparedStatement local = this.connection.prepareStatement("SELECT set_config(?, ?, true)")) {
				local.setString(1, setting.getKey());
				local.setString(2, setting.getValue());
				local.execute();
			}
			execute("ALTER ROLE " + identifier(member) + " SET " + setting.getKey() + " FROM CURRENT");
		}
	}

	private Map<String, String> settings(String role) throws SQLException {
		Map<String, String> settings = new LinkedHashMap<>();
		try (PreparedStatement query = this.connection.prepareStatement(SETTINGS)) {
			query.setString(1, role);
			try (ResultSet rows = query.executeQuery()) {
				while (rows.next()) {
					settings.put(rows.getString("name"), rows.getString("value"));
				}
			}
		}
		return settings;
	}

	/**
	 * Makes a login useless: it can't log in again, and its sessions end.
	 * @param login the name of the login
	 * @throws SQLException when the server fails
	 */
	void lock(String login) throws SQLException {
		execute("ALTER ROLE " + identifier(login) + " NOLOGIN PASSWORD NULL");
		this.connection.setAutoCommit(false);
		try (PreparedStatement terminate = this.connection.prepareStatement(TERMINATE)) {
			// Only a member may end a role's sessions, unless it is a superuser.
			execute("GRANT " + identifier(login) + " TO CURRENT_USER");
			terminate.setString(1, login);
			terminate.execute();
		}
		finally {
			this.connection.rollback();
			this.connection.setAutoCommit(true);
		}
	}

	/**
	 * Checks whether a login exists, locked or not.
	 * @param login the name of the login
	 * @return whether there is such a role
	 * @throws SQLException when the server fails
	 */
	boolean exists(String login) throws SQLException {
		return exists(EXISTS, login);
	}

	private boolean exists(String query, String role) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(query)) {
			statement.setString(1, role);
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next();
			}
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private String identifier(String name) throws SQLException {
		return this.connection.unwrap(PGConnection.class).escapeIdentifier(name);
	}

	/** Postgres and its log see nothing else of a password (RFC 5803). */
	private String verifier(String password) throws SQLException {
		byte[] salt = new byte[SALT_BYTES];
		new SecureRandom().nextBytes(salt);
		String verifier = PasswordUtil.encodeScramSha256(password.toCharArray(), SCRAM_ITERATIONS, salt);
		return this.connection.unwrap(PGConnection.class).escapeLiteral(verifier);
	}

}
