package dev.crud.openapi;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.crud.table.Column;
import dev.crud.table.ListWriter;
import dev.crud.table.RowFormat;
import dev.crud.table.Table;

/**
 * Shows one row of a table, made of the examples of its columns, in all formats.
 */
final class OpenApiExamples {

	/** A UUIDv7. */
	static final UUID KEY = UUID.fromString("019a3b5c-7d2e-7f10-8a4b-6c5d4e3f2a1b");

	private final Table table;

	OpenApiExamples(Table table) {
		this.table = table;
	}

	/**
	 * Returns the row as it is answered.
	 * @return its values by name, the key first
	 */
	Map<String, Object> row() {
		Map<String, Object> row = Nodes.object(Table.KEY, KEY.toString());
		row.putAll(values());
		return row;
	}

	/**
	 * Returns the row as it is sent.
	 * @return its values by name
	 */
	Map<String, Object> values() {
		Map<String, Object> values = new LinkedHashMap<>();
		this.table.columns().forEach((column) -> values.put(column.name(), value(column)));
		return values;
	}

	/**
	 * Returns a column's example as a value for JSON.
	 * @param column the column
	 * @return a boolean, number or text
	 */
	Object value(Column column) {
		Object value = column.exampleValue();
		String text = column.type().text(value);
		return (value instanceof Boolean) ? value : (value instanceof Number) ? new BigDecimal(text) : text;
	}

	/**
	 * Returns the row as a list of one.
	 * @param format the format
	 * @return the body
	 */
	String list(RowFormat format) {
		ListWriter list = this.table.list(format);
		list.row(KEY, this.table.columns().stream().map(Column::exampleValue).toArray());
		list.end();
		return new String(list.take(), StandardCharsets.UTF_8);
	}

	/**
	 * Returns the row as a body of many rows.
	 * @param format {@link RowFormat#NDJSON} or {@link RowFormat#CSV}
	 * @return the body, without the key
	 */
	String bulk(RowFormat format) {
		return (format == RowFormat.CSV) ? list(format).replaceFirst("^" + Table.KEY + ",", "").replace(KEY + ",", "")
				: list(format).replace("\"" + Table.KEY + "\":\"" + KEY + "\",", "");
	}

}
