package dev.crud.knative;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.crud.Declaration;
import dev.crud.table.Column;
import dev.crud.table.Filter;
import dev.crud.table.RowReader;
import dev.crud.table.Values;
import reactor.core.publisher.Flux;

/**
 * Rows of the declared table, to send and to compare with.
 */
final class Example {

	/** The row of the columns' examples. */
	static final String JSON = Declaration.TABLE.exampleJson();

	/** A row of the sample that is not the same. */
	static final String OTHER = other();

	/** A key that no row has. */
	static final String NOBODY = "01890000-0000-7000-8000-000000000000";

	private Example() {
	}

	private static String other() {
		try (InputStream sample = Objects.requireNonNull(Example.class.getResourceAsStream("/db/sample.csv"))) {
			return RowReader.csv(Declaration.TABLE)
				.rows(Flux.just(sample.readAllBytes()))
				.map(Example::json)
				.toStream()
				.filter((row) -> !row.equals(JSON))
				.findFirst()
				.orElseThrow(() -> new AssertionError("sample.csv needs a row that is not that of the examples"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String json(Values values) {
		String row = new String(Declaration.TABLE.row(new UUID(0, 0), 1, values.byColumn()).json(),
				StandardCharsets.UTF_8);
		return "{" + row.substring(row.indexOf(',') + 1);
	}

	/** Returns the answer to a row that was sent. */
	static String answer(String uuid, String json) {
		return "{\"uuid\":\"" + uuid + "\"," + json.substring(1);
	}

	/** Returns the pointer to a value that is missing in an empty object. */
	static String missing() {
		return "/" + Declaration.TABLE.columns()
			.stream()
			.filter((column) -> !column.optional())
			.findFirst()
			.orElseThrow(() -> new AssertionError("at least one column must have a value"))
			.name();
	}

	/** Returns a query that lets the row of the examples through. */
	static String filter() {
		Filter filter = Declaration.TABLE.filters().get(0);
		return filter.parameter() + "=" + URLEncoder.encode(filter.column().example(), StandardCharsets.UTF_8);
	}

	/** Returns a CSV header with all columns. */
	static String csvHeader() {
		return Declaration.TABLE.columns().stream().map(Column::name).collect(Collectors.joining(",", "", "\n"));
	}

	/** Returns the row as CSV. */
	static String csvRow() {
		return Declaration.TABLE.columns()
			.stream()
			.map((column) -> '"' + column.example().replace("\"", "\"\"") + '"')
			.collect(Collectors.joining(",", "", "\n"));
	}

}
