package dev.crud;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.crud.function.Operation;
import dev.crud.table.Column;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what each function's database role may do, and that everything else is refused
 * with SQLSTATE 42501 (insufficient_privilege).
 */
class RolesTests {

	private static final String REFUSED = "42501";

	private static final String TABLE = Declaration.TABLE.name();

	private static final List<String> COLUMNS = Stream
		.concat(Stream.of("uuid", "version"), Body.COLUMNS.stream().map(Column::inDatabase))
		.toList();

	private static final List<String> KEY_COLUMNS = List.of("key", "fingerprint", Declaration.TABLE.noun().singular(),
			"inserted", "used_at");

	@Test
	@DisplayName("the migrations make the roles that are declared and no others")
	void rolesAreThoseDeclared() {
		assertThat(Shared.query("SELECT rolname FROM pg_roles WHERE rolname <> 'postgres' AND rolname !~ '^pg_'"))
			.containsExactlyInAnyOrderElementsOf(rolesOfAll());
	}

	@ParameterizedTest(name = "{0} may {1} on {2}")
	@MethodSource("rights")
	@DisplayName("each role may read and write exactly these columns")
	void roleMayTouchTheseColumnsOnly(String role, String verb, List<String> columns) throws SQLException {
		List<String> permitted = new ArrayList<>();
		for (String column : COLUMNS) {
			if (isPermitted(role, statement(verb, TABLE, column))) {
				permitted.add(column);
			}
		}
		assertThat(permitted).isEqualTo(columns);
	}

	static Stream<Arguments> rights() {
		List<String> none = List.of();
		List<String> etag = List.of("uuid", "version");
		List<String> details = COLUMNS.subList(2, COLUMNS.size());
		List<String> inserted = Stream.concat(Stream.of("uuid"), details.stream()).toList();
		List<String> updated = COLUMNS.subList(1, COLUMNS.size());
		return Stream
			.of(new Rights(Operation.LIST, COLUMNS, none, none), new Rights(Operation.GET, COLUMNS, none, none),
					new Rights(Operation.POST, etag, inserted, none), new Rights(Operation.PUT, etag, none, updated),
					new Rights(Operation.DELETE, etag, none, none))
			.flatMap(Rights::arguments);
	}

	/** The columns that a role may read, insert and update. */
	private record Rights(Operation operation, List<String> select, List<String> insert, List<String> update) {

		Stream<Arguments> arguments() {
			String role = Routes.name(this.operation);
			return Stream.of(Arguments.of(role, "SELECT", this.select), Arguments.of(role, "INSERT", this.insert),
					Arguments.of(role, "UPDATE", this.update));
		}

	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("roles")
	void onlyTheFunctionThatDeletesMayDelete(String role) throws SQLException {
		assertThat(isPermitted(role, "DELETE FROM " + TABLE + " WHERE uuid = uuidv7()"))
			.isEqualTo(role.equals(Routes.name(Operation.DELETE)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("roles")
	void onlyTheFunctionThatCreatesMayTouchTheIdempotencyKeys(String role) throws SQLException {
		for (String column : KEY_COLUMNS) {
			for (String verb : List.of("SELECT", "INSERT", "UPDATE")) {
				assertThat(isPermitted(role, statement(verb, "idempotency_keys", column))).as(verb + " " + column)
					.isEqualTo(role.equals(Routes.name(Operation.POST)));
			}
		}
		assertThat(isPermitted(role, "DELETE FROM idempotency_keys WHERE key = ''"))
			.isEqualTo(role.equals(Routes.name(Operation.POST)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("rolesOfAll")
	void noRoleMayDoAnythingElse(String role) throws SQLException {
		for (String sql : List.of("TRUNCATE " + TABLE, "TRUNCATE idempotency_keys", "DROP TABLE " + TABLE,
				"ALTER TABLE " + TABLE + " ADD COLUMN more int", "ALTER TABLE " + TABLE + " DISABLE TRIGGER ALL",
				"CREATE INDEX ON " + TABLE + " (version)", "DROP INDEX idempotency_keys_used_at",
				"CREATE TRIGGER t BEFORE INSERT ON " + TABLE + " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
				"CREATE TABLE public.more (id int)", "CREATE TABLE more AS SELECT 1", "CREATE TEMP TABLE more (id int)",
				"CREATE VIEW public.more AS SELECT 1", "CREATE SCHEMA more", "CREATE SEQUENCE public.more",
				"CREATE TYPE public.more AS (id int)", "CREATE EXTENSION pgcrypto",
				"CREATE FUNCTION public.more() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE ROLE more",
				"ALTER ROLE postgres PASSWORD 'x'", "SET ROLE postgres", "SET SESSION AUTHORIZATION postgres",
				"LOCK TABLE " + TABLE + " IN ACCESS EXCLUSIVE MODE", "SELECT * FROM flyway_schema_history",
				"DELETE FROM flyway_schema_history", "SELECT * FROM pg_authid",
				"SELECT pg_read_file('postgresql.conf')", "COPY " + TABLE + " TO PROGRAM 'true'",
				"COPY (SELECT 1) TO '/tmp/more'", "CHECKPOINT")) {
			if (!(mayDelete(role) && sql.startsWith("LOCK"))) {
				assertThat(state(role, sql)).as(role + ": " + sql).isEqualTo(REFUSED);
			}
		}
	}

	/**
	 * Returns whether a role may delete rows; such a role may also lock the table,
	 * according to the documentation of LOCK.
	 */
	private static boolean mayDelete(String role) {
		return role.equals(Routes.name(Operation.DELETE)) || role.equals(Declaration.FUNCTIONS.role());
	}

	@ParameterizedTest(name = "{0} may not act as {1}")
	@MethodSource("pairs")
	void noRoleMayActAsAnother(String role, String other) throws SQLException {
		assertThat(state(role, "SET ROLE " + other)).isEqualTo(REFUSED);
	}

	static Stream<Arguments> pairs() {
		return roles().stream()
			.flatMap((role) -> rolesOfAll().stream()
				.filter((other) -> !other.equals(role))
				.map((other) -> Arguments.of(role, other)));
	}

	static List<String> roles() {
		return Routes.roles();
	}

	static List<String> rolesOfAll() {
		return Stream.concat(roles().stream(), Stream.of(Declaration.FUNCTIONS.role())).toList();
	}

	private static String statement(String verb, String table, String column) {
		return switch (verb) {
			case "SELECT" -> "SELECT " + column + " FROM " + table + " LIMIT 1";
			case "INSERT" -> "INSERT INTO " + table + " (" + column + ") VALUES (NULL)";
			// There is no WHERE, because it would need the right to read.
			default -> "UPDATE " + table + " SET " + column + " = NULL";
		};
	}

	/**
	 * Returns whether a statement is permitted; a permitted statement may still violate a
	 * constraint.
	 */
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
