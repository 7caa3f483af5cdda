package dev.crud;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.SpringApplication;

/**
 * One Postgres and one process of all functions, for every test class that needs no other
 * of its own; they end with the JVM.
 */
public final class Shared {

	/** The database. */
	public static final LocalPostgres POSTGRES = postgres();

	/** All functions. */
	public static final RunningFunctions FUNCTIONS = warm(RunningFunctions.all(POSTGRES));

	private Shared() {
	}

	private static LocalPostgres postgres() {
		LocalPostgres postgres = LocalPostgres.start();
		// Runs once the functions have stopped.
		SpringApplication.getShutdownHandlers().add(postgres::close);
		return postgres;
	}

	/**
	 * Lets the first requests of a cold JVM take longer than the two seconds of the
	 * contract, so that no test depends on which was the first.
	 * @param functions fresh functions
	 * @return the same
	 */
	public static RunningFunctions warm(RunningFunctions functions) {
		for (int i = 0; i < 20 && functions.get(Routes.LIST + "?limit=1").statusCode() == 503; i++) {
			functions.get("/hello");
		}
		return functions;
	}

	/**
	 * Creates a row through HTTP.
	 * @param body the row
	 * @return its uuid
	 */
	public static String create(Body body) {
		return Body.parse(FUNCTIONS.post(body.toString()).body()).get("uuid").asString();
	}

	/**
	 * Deletes all rows, for a test that looks at all there are.
	 * @return the functions
	 */
	public static RunningFunctions emptied() {
		query("DELETE FROM " + Stored.TABLE);
		return FUNCTIONS;
	}

	/**
	 * Runs a statement as the superuser.
	 * @param sql the statement
	 * @param parameters its parameters
	 * @return the first column, as text; empty when nothing is returned
	 */
	public static List<String> query(String sql, Object... parameters) {
		List<String> values = new ArrayList<>();
		try (Connection connection = POSTGRES.connect();
				PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < parameters.length; i++) {
				statement.setObject(i + 1, parameters[i]);
			}
			if (statement.execute()) {
				ResultSet rows = statement.getResultSet();
				while (rows.next()) {
					values.add(rows.getString(1));
				}
			}
			return values;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

}
