package dev.crud.setup;

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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.crud.table.Column;
import dev.crud.table.InvalidRowException;
import dev.crud.table.RowReader;
import dev.crud.table.Table;
import dev.crud.table.Values;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The CSV file that an empty table is filled with. It is read with the rules of the
 * functions.
 */
final class InitialRows {

	private static final int ROWS_A_BATCH = 1000;

	private static final int BYTES_A_READ = 65536;

	private static final String IS_EMPTY = "SELECT NOT EXISTS (SELECT FROM %s)";

	/** Lets others read but not write until the end of the transaction. */
	private static final String LOCK = "LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE";

	private static final String INSERT = "INSERT INTO %s (%s) VALUES (%s)";

	private final Table table;

	private final @Nullable Path file;

	/**
	 * Creates one.
	 * @param table the table
	 * @param file the CSV file; the sample is used when it is {@code null} or missing
	 */
	InitialRows(Table table, @Nullable Path file) {
		this.table = table;
		this.file = (file != null && Files.exists(file)) ? file : null;
	}

	/**
	 * Loads the whole file in one transaction, unless the table has rows.
	 * @param connection a connection to the database
	 * @return what was done, in one sentence
	 * @throws SQLException when the database fails; nothing is loaded then
	 */
	String load(Connection connection) throws SQLException {
		String plural = this.table.noun().plural();
		String name = plural.substring(0, 1).toUpperCase(Locale.ROOT) + plural.substring(1);
		if (!isEmpty(connection)) {
			return name + ": already there, nothing loaded";
		}
		connection.setAutoCommit(false);
		try (Statement lock = connection.createStatement()) {
			lock.execute(LOCK.formatted(this.table.name()));
			// Rows may have been added before the lock was taken.
			long rows = isEmpty(connection) ? insert(connection) : 0;
			connection.commit();
			return "%s: %d loaded from %s".formatted(name, rows, name());
		}
		catch (InvalidRowException ex) {
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
		try (InputStream csv = open(); PreparedStatement insert = connection.prepareStatement(insert())) {
			for (Values values : RowReader.csv(this.table).rows(content(csv)).toIterable()) {
				bind(insert, values);
				insert.addBatch();
				if (++rows % ROWS_A_BATCH == 0) {
					insert.executeBatch();
				}
			}
			insert.executeBatch();
		}
		return rows;
	}

	private String insert() {
		List<Column> columns = this.table.columns();
		return INSERT.formatted(this.table.name(),
				columns.stream().map(Column::inDatabase).collect(Collectors.joining(", ")),
				columns.stream().map((column) -> "?").collect(Collectors.joining(", ")));
	}

	private static void bind(PreparedStatement insert, Values values) throws SQLException {
		for (int i = 0; i < values.byColumn().length; i++) {
			insert.setObject(i + 1, values.get(i));
		}
	}

	private InputStream open() throws IOException {
		return (this.file != null) ? Files.newInputStream(this.file)
				: Objects.requireNonNull(InitialRows.class.getResourceAsStream("/db/sample.csv"));
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

	private String describe(InvalidRowException invalid) {
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

	private boolean isEmpty(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(IS_EMPTY.formatted(this.table.name()))) {
			row.next();
			return row.getBoolean(1);
		}
	}

}
