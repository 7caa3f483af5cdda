package dev.passengers.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.passengers.passenger.Details;
import dev.passengers.passenger.InvalidPassenger;
import dev.passengers.passenger.RowReader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The CSV file that an empty table is filled with. It is read with the rules of the
 * functions.
 */
final class PassengerFile {

	private static final int ROWS_A_BATCH = 1000;

	private static final int BYTES_A_READ = 65536;

	private static final String IS_EMPTY = "SELECT NOT EXISTS (SELECT FROM passengers)";

	/** Lets others read but not write until the end of the transaction. */
	private static final String LOCK = "LOCK TABLE passengers IN SHARE ROW EXCLUSIVE MODE";

	private static final String INSERT = """
			INSERT INTO passengers (survived, passenger_class, name, sex, age,
			                        siblings_or_spouses_aboard, parents_or_children_aboard, fare)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			""";

	private final @Nullable Path file;

	/**
	 * Creates one.
	 * @param file the CSV file; the sample is used when it is {@code null} or missing
	 */
	PassengerFile(@Nullable Path file) {
		this.file = (file != null && Files.exists(file)) ? file : null;
	}

	/**
	 * Loads the whole file in one transaction, unless the table has rows.
	 * @param connection a connection to the database
	 * @return what was done, in one sentence
	 * @throws SQLException when the database fails; nothing is loaded then
	 */
	String load(Connection connection) throws SQLException {
		if (!isEmpty(connection)) {
			return "Passengers: already there, nothing loaded";
		}
		connection.setAutoCommit(false);
		try (Statement lock = connection.createStatement()) {
			lock.execute(LOCK);
			// Rows may have been added before the lock was taken.
			long rows = isEmpty(connection) ? insert(connection) : 0;
			connection.commit();
			return "Passengers: %d loaded from %s".formatted(rows, name());
		}
		catch (InvalidPassenger ex) {
			throw new SetupException(describe(ex));
		}
		catch (IOException | UncheckedIOException ex) {
			throw new SetupException("Nothing was loaded: " + name() + " can't be read", ex);
		}
		finally {
			connection.rollback();
			connection.setAutoCommit(true);
		}
	}

	private long insert(Connection connection) throws SQLException, IOException {
		long rows = 0;
		try (InputStream csv = open(); PreparedStatement insert = connection.prepareStatement(INSERT)) {
			for (Details details : RowReader.csv().rows(content(csv)).toIterable()) {
				bind(insert, details);
				insert.addBatch();
				if (++rows % ROWS_A_BATCH == 0) {
					insert.executeBatch();
				}
			}
			insert.executeBatch();
		}
		return rows;
	}

	private static void bind(PreparedStatement insert, Details details) throws SQLException {
		insert.setBoolean(1, details.survived());
		insert.setInt(2, details.passengerClass());
		insert.setString(3, details.name());
		insert.setString(4, details.sex());
		insert.setDouble(5, details.age());
		insert.setInt(6, details.siblingsOrSpousesAboard());
		insert.setInt(7, details.parentsOrChildrenAboard());
		insert.setDouble(8, details.fare());
	}

	private InputStream open() throws IOException {
		return (this.file != null) ? Files.newInputStream(this.file)
				: Objects.requireNonNull(PassengerFile.class.getResourceAsStream("/db/sample.csv"));
	}

	private static Flux<byte[]> content(InputStream csv) {
		return Flux.generate((sink) -> {
			try {
				byte[] bytes = csv.readNBytes(BYTES_A_READ);
				if (bytes.length > 0) {
					sink.next(bytes);
				}
				else {
					sink.complete();
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	private String describe(InvalidPassenger invalid) {
		return invalid.violations()
			.list()
			.stream()
			.map((violation) -> "%s:%d: %s %s".formatted(name(), violation.line(), violation.pointer(),
					violation.detail()))
			.collect(Collectors.joining("\n", "Nothing was loaded: " + name() + " has bad rows.\n", ""));
	}

	private String name() {
		return (this.file != null) ? this.file.toString() : "the sample";
	}

	private static boolean isEmpty(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(IS_EMPTY)) {
			row.next();
			return row.getBoolean(1);
		}
	}

}
