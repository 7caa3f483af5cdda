package dev.crud.setup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks what the database must be and what its administrator may, before anything is
 * changed.
 */
final class Requirements {

	private static final int VERSION = 18;

	private static final String QUERY = """
			SELECT current_setting('server_version_num')::int / 10000 AS version,
			       current_setting('server_encoding') AS encoding,
			       rolsuper OR rolcreaterole AS creates_roles,
			       pg_has_role(datdba, 'USAGE') AS owns_database,
			       has_schema_privilege('public', 'CREATE') AS creates_tables,
			       current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
			           - coalesce(current_setting('reserved_connections', true), '0')::int AS connections
			FROM pg_database, pg_roles WHERE datname = current_database() AND rolname = current_user
			""";

	/** An installation that is there already may keep what it has. */
	private static final String OTHERS = """
			SELECT string_agg(DISTINCT rolname, ', ') AS roles, string_agg(DISTINCT datname, ', ') AS databases
			FROM pg_shdepend JOIN pg_database ON pg_database.oid = dbid JOIN pg_roles ON pg_roles.oid = refobjid
			WHERE refclassid = 'pg_authid'::regclass AND rolname = ANY (?) AND datname <> current_database()
			AND to_regclass('public.flyway_schema_history') IS NULL
			""";

	private Requirements() {
	}

	/**
	 * Checks all of them.
	 * @param connection the administrator's connection
	 * @param connections how many connections the functions and the setup may open
	 * @throws SetupException with everything that is not as it must be
	 * @throws SQLException when the server fails
	 */
	static void check(Connection connection, int connections) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(QUERY)) {
			found.next();
			check(new Found(connection.getMetaData().getUserName(), found.getInt("version"),
					found.getString("encoding"), found.getBoolean("creates_roles"), found.getBoolean("owns_database"),
					found.getBoolean("creates_tables"), found.getInt("connections")), connections);
		}
	}

	static void check(Found found, int connections) {
		List<String> wrong = new ArrayList<>();
		if (found.version() < VERSION) {
			wrong.add("it is version " + found.version() + ", and " + VERSION + " or newer is needed");
		}
		if (!found.encoding().equals("UTF8")) {
			wrong.add("the database's encoding is " + found.encoding() + ", and UTF8 is needed");
		}
		if (!found.createsRoles()) {
			wrong.add("user " + found.user() + " may not create roles (ALTER ROLE … CREATEROLE)");
		}
		if (!found.ownsDatabase()) {
			wrong.add("user " + found.user() + " does not own the database (ALTER DATABASE … OWNER TO …)");
		}
		else if (!found.createsTables()) {
			wrong.add("user " + found.user() + " may not create tables (GRANT CREATE ON SCHEMA public TO …)");
		}
		if (found.connections() < connections) {
			wrong.add("it allows " + found.connections() + " connections beside the reserved ones, and up to "
					+ connections + " are needed (max_connections)");
		}
		if (!wrong.isEmpty()) {
			throw new SetupException(
					"Postgres is not as it must be: " + String.join("; ", wrong) + ". Nothing was changed.");
		}
	}

	/**
	 * Checks that the roles of a new installation are not those of another one on the
	 * same server, whose passwords would be replaced.
	 * @param connection the administrator's connection
	 * @param roles the names of the roles
	 * @throws SetupException with the roles and the database that has them
	 * @throws SQLException when the server fails
	 */
	static void checkRoles(Connection connection, List<String> roles) throws SQLException {
		try (PreparedStatement query = connection.prepareStatement(OTHERS)) {
			query.setArray(1, connection.createArrayOf("text", roles.toArray()));
			try (ResultSet others = query.executeQuery()) {
				others.next();
				if (others.getString("roles") != null) {
					throw new SetupException("The roles " + others.getString("roles")
							+ " are those of another installation, in the database " + others.getString("databases")
							+ ": this one needs a rolePrefix in the Secret postgres. Nothing was changed.");
				}
			}
		}
	}

	/**
	 * What the database is like.
	 *
	 * @param user the administrator
	 * @param version the server's major version
	 * @param encoding the database's encoding
	 * @param createsRoles whether the administrator may create roles
	 * @param ownsDatabase whether the administrator owns the database
	 * @param createsTables whether the administrator may create tables
	 * @param connections how many connections are for everybody
	 */
	record Found(String user, int version, String encoding, boolean createsRoles, boolean ownsDatabase,
			boolean createsTables, int connections) {
	}

}
