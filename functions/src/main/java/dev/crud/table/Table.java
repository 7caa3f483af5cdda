package dev.crud.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * Declares a table: what its rows are called, and its columns. Each row also has a
 * {@code uuid}, which is its key, and a {@code version}.
 */
public final class Table {

	/** The key's name, in JSON and in the database. */
	public static final String KEY = "uuid";

	/** The version's column; clients know it as the entity tag. */
	public static final String VERSION = "version";

	/** An initial size for the buffer of a row, large enough for most rows. */
	private static final int ROW_BYTES = 320;

	/** The parameters of a list, whose names no filter may have. */
	private static final Set<String> TAKEN = Set.of("limit", "after", "afterValue", "sort", "count");

	private final String name;

	private final Noun noun;

	private final List<Column> columns;

	private final List<Filter> filters;

	private final Map<String, Integer> positions = new HashMap<>();

	private final RowWriter writer;

	/**
	 * Declares a table.
	 * @param name the name in the database, in snake case
	 * @param noun what a row is called
	 * @param columns the columns, in the order of JSON and CSV
	 */
	public Table(String name, Noun noun, Column... columns) {
		this.name = name;
		this.noun = noun;
		this.columns = List.of(columns);
		this.filters = this.columns.stream().flatMap((column) -> column.allFilters().stream()).toList();
		for (int i = 0; i < columns.length; i++) {
			this.positions.put(columns[i].name(), i);
		}
		this.writer = new RowWriter(this.columns);
		requireDistinct();
	}

	private void requireDistinct() {
		List<String> identifiers = new ArrayList<>(List.of(KEY, VERSION));
		List<String> headers = new ArrayList<>(List.of(KEY));
		for (Column column : this.columns) {
			identifiers.add(column.inDatabase());
			headers.add(column.name());
			if (column.alias() != null && !column.alias().header().equals(column.name())) {
				headers.add(column.alias().header());
			}
		}
		List<String> parameters = new ArrayList<>(TAKEN);
		this.filters.forEach((filter) -> parameters.add(filter.parameter()));
		for (List<String> names : List.of(identifiers, headers, parameters)) {
			Set<String> seen = new HashSet<>();
			names.stream().filter((other) -> !seen.add(other)).findFirst().ifPresent((twice) -> {
				throw new IllegalArgumentException("%s: the name %s is there twice".formatted(this.name, twice));
			});
		}
	}

	/**
	 * Returns the table's name in the database.
	 * @return the name, in snake case
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns what a row is called.
	 * @return the noun
	 */
	public Noun noun() {
		return this.noun;
	}

	/**
	 * Returns the columns, without the key and the version.
	 * @return the columns, in the order of JSON and CSV
	 */
	public List<Column> columns() {
		return this.columns;
	}

	/**
	 * Returns the filters of lists.
	 * @return the filters, in the order of the columns
	 */
	public List<Filter> filters() {
		return this.filters;
	}

	/**
	 * Returns a row of the columns' examples.
	 * @return a JSON object, as clients send it
	 */
	public String exampleJson() {
		return this.columns.stream()
			.map((column) -> "\"" + column.name() + "\":" + column.exampleJson())
			.collect(Collectors.joining(",", "{", "}"));
	}

	/**
	 * Finds a column.
	 * @param column its name in JSON
	 * @return the column, or {@code null} when there is none
	 */
	public @Nullable Column column(String column) {
		int position = position(column);
		return (position >= 0) ? this.columns.get(position) : null;
	}

	/**
	 * Finds the index of a column.
	 * @param column its name in JSON
	 * @return its index, counted from 0; -1 when there is none
	 */
	public int position(String column) {
		return this.positions.getOrDefault(column, -1);
	}

	/**
	 * Reads the values of a row of the database.
	 * @param row the row, with the columns in the order of the table
	 * @param first the index of the first of them
	 * @param values receives the values, in the order of the table
	 */
	public void read(Readable row, int first, @Nullable Object[] values) {
		for (int i = 0; i < values.length; i++) {
			values[i] = this.columns.get(i).type().read(row, first + i);
		}
	}

	/**
	 * Makes a row from its values.
	 * @param key the row's key
	 * @param version the row's version
	 * @param values the values, in the order of the table
	 * @return the row
	 */
	public Row row(UUID key, long version, @Nullable Object[] values) {
		Output out = new Output(ROW_BYTES);
		this.writer.json(key, values, out);
		return new Row(key, version, out.take());
	}

	/**
	 * Starts writing a list.
	 * @param format the format of the list
	 * @return a writer for the list
	 */
	public ListWriter list(RowFormat format) {
		return new ListWriter(this.writer, format);
	}

}
