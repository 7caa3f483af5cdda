package dev.crud;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.SpringApplication;

/**
 * Shares one Postgres and one instance of all functions between the test classes that
 * need none of their own; both end with the JVM.
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
		// This runs after the functions have stopped.
		SpringApplication.getShutdownHandlers().add(postgres::close);
		return postgres;
	}

	/**
	 * Sends the first requests, which may take longer than the contract's 2 s in a cold
	 * JVM, so that no test depends on which of them runs first.
	 * @param functions functions that have just started
	 * @return the same functions
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
	 * Deletes all rows, and their space on disk, for a test that looks at the whole
	 * table.
	 * @return the functions
	 */
	public static RunningFunctions emptied() {
		query("TRUNCATE " + Stored.TABLE);
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
