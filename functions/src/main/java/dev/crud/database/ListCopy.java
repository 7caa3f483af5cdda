package dev.crud.database;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import dev.crud.table.ListWriter;
import dev.crud.table.RowFormat;
import dev.crud.table.Table;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Writes the rows of a statement: as they are read, without an object in between, because
 * a row of the driver is valid only until its callback returns; or sorted.
 */
final class ListCopy {

	/** Postgres compares keys as bytes, {@link UUID} by signed numbers. */
	private static final Comparator<Line> BY_KEY = Comparator
		.comparing((Line line) -> line.key.getMostSignificantBits(), Long::compareUnsigned)
		.thenComparing((line) -> line.key.getLeastSignificantBits(), Long::compareUnsigned);

	private final Table table;

	private final ListWriter writer;

	/** The values of the last row; the array is reused for each row. */
	private final @Nullable Object[] values;

	private @Nullable UUID key;

	private final int limit;

	private int rows;

	private List<byte[]> parts = new ArrayList<>();

	/**
	 * Creates a copy of a list.
	 * @param table the table of the rows
	 * @param format the format of the list
	 * @param limit how many rows to write at most; those that follow are only counted
	 */
	ListCopy(Table table, RowFormat format, int limit) {
		this.table = table;
		this.limit = limit;
		this.writer = table.list(format);
		this.values = new Object[table.columns().size()];
	}

	/**
	 * Runs a statement and writes its rows, up to the limit.
	 * @param sql reads rows: the key, then the columns of the table
	 * @param connection the connection to run it on
	 * @return this, with all rows
	 */
	Mono<ListCopy> read(Sql sql, Connection connection) {
		// then() and count() would ask for each row, up the whole chain, what to do with
		// it.
		return sql.rows(connection, this::add).reduce(this, (copy, row) -> copy);
	}

	/**
	 * Runs a statement and writes its rows in the order of their keys; none if there are
	 * more than the limit.
	 * @param sql reads rows in any order: the key, then the columns of the table
	 * @param connection the connection to run it on
	 * @return this, with all rows
	 */
	Mono<ListCopy> sort(Sql sql, Connection connection) {
		List<Line> lines = new ArrayList<>();
		return sql.rows(connection, (row) -> lines.add(new Line(row, this.table)))
			.reduce(lines, (all, added) -> all)
			.map(this::writeByKey);
	}

	private ListCopy writeByKey(List<Line> lines) {
		this.rows = lines.size();
		if (this.rows <= this.limit) {
			lines.sort(BY_KEY.reversed());
			while (!lines.isEmpty()) {
				// The first is the last one in the list, and not kept once it is written.
				Line first = lines.remove(lines.size() - 1);
				write(first.key, first.values);
			}
		}
		return this;
	}

	private ListCopy add(Readable row) {
		if (this.rows < this.limit) {
			UUID next = Rows.get(row, 0, UUID.class);
			this.table.read(row, 1, this.values);
			write(next, this.values);
		}
		this.rows++;
		return this;
	}

	private void write(UUID next, @Nullable Object[] all) {
		this.writer.row(next, all);
		this.key = next;
		if (this.writer.hasPart()) {
			this.parts.add(this.writer.take());
		}
	}

	/**
	 * Writes the end of the list.
	 * @return this
	 */
	ListCopy end() {
		this.writer.end();
		this.parts.add(this.writer.take());
		return this;
	}

	/**
	 * Takes what makes up full parts, or everything when the list has ended.
	 * @return the parts
	 */
	List<byte[]> take() {
		List<byte[]> taken = this.parts;
		this.parts = new ArrayList<>();
		this.rows = 0;
		return taken;
	}

	/**
	 * Returns how many rows were added since they were last taken.
	 * @return the number, which may be greater than the limit
	 */
	int rows() {
		return this.rows;
	}

	/**
	 * Returns the key of the last row.
	 * @return the key, or {@code null} when there was no row
	 */
	@Nullable UUID key() {
		return this.key;
	}

	/**
	 * Returns a value of the last row, unless rows were sorted.
	 * @param column its index in the table
	 * @return the value, or {@code null} when it is absent
	 */
	@Nullable Object value(int column) {
		return this.values[column];
	}

	/** A row that is to be written in its place. */
	private static final class Line {

		final UUID key;

		final @Nullable Object[] values;

		Line(Readable row, Table table) {
			this.key = Rows.get(row, 0, UUID.class);
			this.values = new Object[table.columns().size()];
			table.read(row, 1, this.values);
		}

	}

}
