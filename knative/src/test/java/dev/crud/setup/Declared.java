package dev.crud.setup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import dev.crud.Declaration;
import dev.crud.function.Operation;
import dev.crud.table.Column;

/**
 * Says what the setup does with the declared table, for tests that work with any table.
 */
final class Declared {

	/** The name of the table. */
	static final String TABLE = Declaration.TABLE.name();

	/** The name of the database. */
	static final String DATABASE = Declaration.FUNCTIONS.database();

	/** The word that the log uses for the rows. */
	static final String ROWS = DATABASE.substring(0, 1).toUpperCase(Locale.ROOT) + DATABASE.substring(1);

	/** A CSV header with all columns. */
	static final String HEADER = String.join(",", Declaration.TABLE.columns().stream().map(Column::name).toList())
			+ "\n";

	private Declared() {
	}

	/**
	 * Returns the role of a function.
	 * @param operation what the function does
	 * @return the role
	 */
	static String role(Operation operation) {
		return Declaration.FUNCTIONS.of(operation).name();
	}

	/**
	 * Returns a valid CSV row, with the examples of the declaration.
	 * @return the row, with a line break
	 */
	static String row() {
		return String.join(",", Declaration.TABLE.columns().stream().map(Declared::example).toList()) + "\n";
	}

	private static String example(Column column) {
		return '"' + column.example().replace("\"", "\"\"") + '"';
	}

	/**
	 * Counts the rows of the sample, none of which contains a line break.
	 * @return how many there are
	 */
	static String sampleRows() {
		try (BufferedReader sample = new BufferedReader(
				new InputStreamReader(Objects.requireNonNull(Declared.class.getResourceAsStream("/db/sample.csv")),
						StandardCharsets.UTF_8))) {
			return String.valueOf(sample.lines().filter((line) -> !line.isBlank()).count() - 1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the version of the last migration.
	 * @return its number
	 */
	static String version() {
		try (Stream<Path> migrations = Files.list(Path.of("../functions/src/main/resources/db/migration"))) {
			return String
				.valueOf(migrations.map((file) -> file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"))
					.mapToInt(Integer::parseInt)
					.max()
					.orElseThrow());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
