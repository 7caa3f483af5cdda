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
final class Shared {

	static final LocalPostgres POSTGRES = postgres();

	static final RunningFunctions FUNCTIONS = warm(RunningFunctions.all(POSTGRES));

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
	static RunningFunctions warm(RunningFunctions functions) {
		for (int i = 0; i < 20 && functions.get("/passengerlist?limit=1").statusCode() == 503; i++) {
			functions.get("/hello");
		}
		return functions;
	}

	/**
	 * Creates a passenger through HTTP.
	 * @param body the passenger
	 * @return its uuid
	 */
	static String create(Body body) {
		return Body.parse(FUNCTIONS.post(body.toString()).body()).get("uuid").asString();
	}

	/**
	 * Returns the row of a passenger.
	 * @param uuid which
	 * @return its fields in the order of the contract, divided by bars; empty when there
	 * is no such row
	 */
	static List<String> row(String uuid) {
		return query("""
				SELECT concat_ws('|', survived, passenger_class, name, sex, age,
				       siblings_or_spouses_aboard, parents_or_children_aboard, fare)
				FROM passengers WHERE uuid = ?::uuid
				""", uuid);
	}

	/**
	 * Counts the passengers whose name begins so.
	 * @param prefix the begin of the name
	 * @return how many there are
	 */
	static int count(String prefix) {
		return Integer.parseInt(query("SELECT count(*) FROM passengers WHERE starts_with(name, ?)", prefix).get(0));
	}

	/**
	 * Runs a statement as the superuser.
	 * @param sql the statement
	 * @param parameters its parameters
	 * @return the first column, as text; empty when nothing is returned
	 */
	static List<String> query(String sql, Object... parameters) {
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
