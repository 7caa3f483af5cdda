package dev.crud;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each function's database role may do, and that everything else is refused with
 * SQLSTATE 42501 (insufficient_privilege).
 */
class RolesTests {

	private static final String REFUSED = "42501";

	private static final List<String> COLUMNS = List.of("uuid", "version", "survived", "passenger_class", "name", "sex",
			"age", "siblings_or_spouses_aboard", "parents_or_children_aboard", "fare");

	private static final List<String> KEY_COLUMNS = List.of("key", "fingerprint", "passenger", "inserted", "used_at");

	@ParameterizedTest(name = "{0} may {1} passengers on {2}")
	@MethodSource("rights")
	@DisplayName("each role may read and write exactly these columns")
	void roleMayTouchTheseColumnsOnly(String role, String verb, List<String> columns) throws SQLException {
		List<String> permitted = new ArrayList<>();
		for (String column : COLUMNS) {
			if (isPermitted(role, statement(verb, "passengers", column))) {
				permitted.add(column);
			}
		}
		assertThat(permitted).isEqualTo(columns);
	}

	static Stream<Arguments> rights() {
		List<String> none = List.of();
		List<String> etag = List.of("uuid", "version");
		List<String> details = COLUMNS.subList(2, 10);
		List<String> inserted = Stream.concat(Stream.of("uuid"), details.stream()).toList();
		List<String> updated = COLUMNS.subList(1, 10);
		return Stream.of(Arguments.of("passengerlist", "SELECT", COLUMNS),
				Arguments.of("passengerlist", "INSERT", none), Arguments.of("passengerlist", "UPDATE", none),
				Arguments.of("getpassenger", "SELECT", COLUMNS), Arguments.of("getpassenger", "INSERT", none),
				Arguments.of("getpassenger", "UPDATE", none), Arguments.of("postpassenger", "SELECT", etag),
				Arguments.of("postpassenger", "INSERT", inserted), Arguments.of("postpassenger", "UPDATE", none),
				Arguments.of("putpassenger", "SELECT", etag), Arguments.of("putpassenger", "INSERT", none),
				Arguments.of("putpassenger", "UPDATE", updated), Arguments.of("deletepassenger", "SELECT", etag),
				Arguments.of("deletepassenger", "INSERT", none), Arguments.of("deletepassenger", "UPDATE", none));
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "passengerlist", "getpassenger", "postpassenger", "putpassenger", "deletepassenger" })
	void onlyDeletepassengerMayDelete(String role) throws SQLException {
		assertThat(isPermitted(role, "DELETE FROM passengers WHERE uuid = uuidv7()"))
			.isEqualTo(role.equals("deletepassenger"));
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "passengerlist", "getpassenger", "postpassenger", "putpassenger", "deletepassenger" })
	void onlyPostpassengerMayTouchTheIdempotencyKeys(String role) throws SQLException {
		for (String column : KEY_COLUMNS) {
			for (String verb : List.of("SELECT", "INSERT", "UPDATE")) {
				assertThat(isPermitted(role, statement(verb, "idempotency_keys", column))).as(verb + " " + column)
					.isEqualTo(role.equals("postpassenger"));
			}
		}
		assertThat(isPermitted(role, "DELETE FROM idempotency_keys WHERE key = ''"))
			.isEqualTo(role.equals("postpassenger"));
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "passengerlist", "getpassenger", "postpassenger", "putpassenger", "deletepassenger",
			"passengerfunctions" })
	void noRoleMayDoAnythingElse(String role) throws SQLException {
		for (String sql : List.of("TRUNCATE passengers", "TRUNCATE idempotency_keys", "DROP TABLE passengers",
				"ALTER TABLE passengers ADD COLUMN more int", "ALTER TABLE passengers DISABLE TRIGGER ALL",
				"CREATE INDEX ON passengers (age)", "DROP INDEX passengers_age",
				"CREATE TRIGGER t BEFORE INSERT ON passengers EXECUTE FUNCTION suppress_redundant_updates_trigger()",
				"CREATE TABLE public.more (id int)", "CREATE TABLE more AS SELECT 1", "CREATE TEMP TABLE more (id int)",
				"CREATE VIEW public.more AS SELECT 1", "CREATE SCHEMA more", "CREATE SEQUENCE public.more",
				"CREATE TYPE public.more AS (id int)", "CREATE EXTENSION pgcrypto",
				"CREATE FUNCTION public.more() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE ROLE more",
				"ALTER ROLE postgres PASSWORD 'x'", "SET ROLE postgres", "SET SESSION AUTHORIZATION postgres",
				"LOCK TABLE passengers IN ACCESS EXCLUSIVE MODE", "SELECT * FROM flyway_schema_history",
				"DELETE FROM flyway_schema_history", "SELECT * FROM pg_authid",
				"SELECT pg_read_file('postgresql.conf')", "COPY passengers TO PROGRAM 'true'",
				"COPY (SELECT 1) TO '/tmp/more'", "CHECKPOINT")) {
			if (!(mayDelete(role) && sql.startsWith("LOCK"))) {
				assertThat(state(role, sql)).as(role + ": " + sql).isEqualTo(REFUSED);
			}
		}
	}

	/** Who may delete rows may lock the table, says the manual of LOCK. */
	private static boolean mayDelete(String role) {
		return role.equals("deletepassenger") || role.equals("passengerfunctions");
	}

	@ParameterizedTest(name = "{0} may not act as {1}")
	@MethodSource("pairs")
	void noRoleMayActAsAnother(String role, String other) throws SQLException {
		assertThat(state(role, "SET ROLE " + other)).isEqualTo(REFUSED);
	}

	static Stream<Arguments> pairs() {
		List<String> roles = List.of("passengerlist", "getpassenger", "postpassenger", "putpassenger",
				"deletepassenger");
		return roles.stream()
			.flatMap((role) -> Stream.concat(roles.stream(), Stream.of("passengerfunctions"))
				.filter((other) -> !other.equals(role))
				.map((other) -> Arguments.of(role, other)));
	}

	private static String statement(String verb, String table, String column) {
		return switch (verb) {
			case "SELECT" -> "SELECT " + column + " FROM " + table + " LIMIT 1";
			case "INSERT" -> "INSERT INTO " + table + " (" + column + ") VALUES (NULL)";
			// Not even a WHERE, which would need the right to read.
			default -> "UPDATE " + table + " SET " + column + " = NULL";
		};
	}

	/** A constraint may still stand in the way of what is permitted. */
	private static boolean isPermitted(String role, String sql) throws SQLException {
		String state = state(role, sql);
		assertThat(state).as(role + ": " + sql).isIn("", "23502", "23514", REFUSED);
		return !state.equals(REFUSED);
	}

	private static String state(String role, String sql) throws SQLException {
		try (Connection connection = Shared.POSTGRES.connect(role);
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			try {
				statement.execute(sql);
				return "";
			}
			catch (SQLException ex) {
				return ex.getSQLState();
			}
			finally {
				connection.rollback();
			}
		}
	}

}
