package dev.crud.table;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Writes rows of a table as JSON objects and as CSV. It writes the bytes itself, because
 * a JSON generator would cost more than the rest of a request.
 */
final class RowWriter {

	private static final byte[] OPEN = ascii("{\"" + Table.KEY + "\":\"");

	private final ColumnType[] types;

	/** What is written before a value: a comma and the column's name. */
	private final byte[][] names;

	private final byte[] csvHeader;

	/**
	 * Creates a writer.
	 * @param columns the columns of the table
	 */
	RowWriter(List<Column> columns) {
		this.types = columns.stream().map(Column::type).toArray(ColumnType[]::new);
		this.names = columns.stream().map((column) -> ascii(",\"" + column.name() + "\":")).toArray(byte[][]::new);
		this.csvHeader = ascii(
				columns.stream().map(Column::name).collect(Collectors.joining(",", Table.KEY + ",", "\r\n")));
	}

	/**
	 * Writes a row as a JSON object, with the columns in the order of the table, without
	 * those whose value is absent.
	 * @param key the row's key
	 * @param values the row's values
	 * @param out receives the row
	 */
	void json(UUID key, @Nullable Object[] values, Output out) {
		out.write(OPEN);
		out.ascii(key.toString());
		out.write('"');
		for (int i = 0; i < values.length; i++) {
			Object value = values[i];
			if (value != null) {
				out.write(this.names[i]);
				this.types[i].json(value, out);
			}
		}
		out.write('}');
	}

	void csvHeader(Output out) {
		out.write(this.csvHeader);
	}

	void csv(UUID key, @Nullable Object[] values, Output out) {
		out.ascii(key.toString());
		for (int i = 0; i < values.length; i++) {
			out.write(',');
			Object value = values[i];
			if (value != null) {
				this.types[i].csv(value, out);
			}
		}
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
