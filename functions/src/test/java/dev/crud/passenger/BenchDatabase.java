package dev.crud.passenger;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

import dev.crud.LocalPostgres;

/**
 * Runs the database for {@code bench/rivals}: a Postgres with the passengers of the file
 * that {@code PASSENGERS_CSV} names. It appends its port, the UUID of a passenger, the
 * number of passengers and the id of the server's process to a file. For each line on
 * standard input, which holds a number of rows, it deletes what has been inserted since,
 * inserts until there are so many rows, and says when that is done. For the line
 * {@code tls} it starts to take connections with TLS, and says the URL for them. It ends
 * when standard input ends.
 */
public final class BenchDatabase {

	private static final String LOAD = """
			COPY passengers (survived, passenger_class, name, sex, age, siblings_or_spouses_aboard,
			                 parents_or_children_aboard, fare)
			FROM '%s' (FORMAT csv, HEADER)
			""";

	private static final String KEEP = "CREATE TABLE loaded AS SELECT uuid FROM passengers";

	private static final String DESCRIBE = """
			SELECT (SELECT uuid FROM loaded ORDER BY uuid OFFSET (SELECT count(*) / 2 FROM loaded) LIMIT 1), count(*)
			FROM loaded
			""";

	private static final String FILL = """
			INSERT INTO passengers (survived, passenger_class, name, sex, age, siblings_or_spouses_aboard,
			                        parents_or_children_aboard, fare)
			SELECT i %% 3 = 0, i %% 3 + 1, 'Passenger ' || i, 'female', i %% 80, i %% 8, i %% 8, i %% 500
			FROM generate_series((SELECT count(*) FROM loaded) + 1, %d) i
			""";

	private BenchDatabase() {
	}

	/**
	 * Runs until standard input ends.
	 * @param args the file to write answers to, because Maven holds back what is printed
	 * @throws Exception when the passengers can't be loaded
	 */
	public static void main(String[] args) throws Exception {
		String csv = Path.of(Objects.requireNonNull(System.getenv("PASSENGERS_CSV"), "PASSENGERS_CSV"))
			.toAbsolutePath()
			.toString();
		try (LocalPostgres postgres = LocalPostgres.start(LOAD.formatted(csv.replace("'", "''")), KEEP);
				Connection connection = postgres.connect();
				PrintStream answer = new PrintStream(new FileOutputStream(args[0], true), true,
						StandardCharsets.UTF_8)) {
			restore(connection);
			describe(postgres, connection, answer);
			BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				if (line.equals("tls")) {
					answer.println("encrypted " + postgres.encrypt());
					continue;
				}
				restore(connection);
				fill(connection, Integer.parseInt(line));
				answer.println("restored");
			}
		}
	}

	private static void describe(LocalPostgres postgres, Connection connection, PrintStream answer)
			throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(DESCRIBE)) {
			row.next();
			answer.printf("database %d %s %d %d%n", postgres.port(), row.getString(1), row.getLong(2),
					postgres.postmasterPid());
		}
	}

	private static void fill(Connection connection, int rows) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(FILL.formatted(rows));
			statement.execute("VACUUM ANALYZE passengers");
		}
	}

	/**
	 * Restores the rows that were loaded, and frees the pages that others have left in
	 * the table.
	 */
	private static void restore(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("DELETE FROM passengers WHERE uuid NOT IN (SELECT uuid FROM loaded)");
			statement.execute("VACUUM FULL ANALYZE passengers");
			statement.execute("CHECKPOINT");
		}
	}

}
