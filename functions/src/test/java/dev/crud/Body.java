package dev.crud;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.crud.table.Column;
import dev.crud.table.Edges;
import dev.crud.table.InvalidValueException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of the declared table in a request. Each field is JSON text, so that a test can
 * make it invalid.
 *
 * @param fields names and JSON values
 */
public record Body(Map<String, String> fields) {

	/** The declared columns. */
	public static final List<Column> COLUMNS = Declaration.TABLE.columns();

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * Returns a valid row, with the examples of the declaration.
	 * @return the body
	 */
	public static Body example() {
		Body body = new Body(Map.of());
		for (Column column : COLUMNS) {
			body = body.withText(column, example(column));
		}
		return body;
	}

	private static String example(Column column) {
		try {
			return column.text(column.parse(column.example()));
		}
		catch (InvalidValueException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns another valid row; each of its values differs from that of
	 * {@link #example()}.
	 * @return the body
	 */
	public static Body other() {
		Body body = new Body(Map.of());
		for (Column column : COLUMNS) {
			String example = example(column);
			body = body.withText(column,
					Edges.of(column)
						.values()
						.stream()
						.filter((value) -> !value.equals(example))
						.findFirst()
						.orElseThrow());
		}
		return body;
	}

	/**
	 * Returns one of many valid rows, which go through each column's values in turn.
	 * @param number the number of the row
	 * @return the body
	 */
	static Body variant(int number) {
		Body body = new Body(Map.of());
		for (Column column : COLUMNS) {
			List<String> values = Edges.of(column).values();
			body = body.withText(column, values.get(number % values.size()));
		}
		return body;
	}

	/**
	 * Returns a row that can't be stored, because the value of its first column has the
	 * wrong type.
	 * @return the body
	 */
	static Body bad() {
		return example().with(COLUMNS.get(0).name(), "[]");
	}

	/** Returns the pointer to the bad value of {@link #bad()} in errors. */
	static String badPointer() {
		return "/" + COLUMNS.get(0).name();
	}

	/**
	 * Quotes a text.
	 * @param text the text
	 * @return JSON
	 */
	public static String quote(String text) {
		return JSON.writeValueAsString(text);
	}

	/**
	 * Parses an answer.
	 * @param json the answer
	 * @return the parsed JSON
	 */
	public static JsonNode parse(String json) {
		return JSON.readTree(json);
	}

	/**
	 * Returns the body with another value.
	 * @param field the name of the field
	 * @param json the value
	 * @return a body
	 */
	public Body with(String field, String json) {
		Map<String, String> changed = new LinkedHashMap<>(this.fields);
		changed.put(field, json);
		return new Body(changed);
	}

	/**
	 * Returns the body with another value.
	 * @param column the column
	 * @param text the value as text; empty to leave it out
	 * @return a body
	 */
	public Body withText(Column column, String text) {
		return text.isEmpty() ? without(column.name()) : with(column.name(), json(column, text));
	}

	/**
	 * Returns a value as JSON.
	 * @param column the column
	 * @param text the value as text
	 * @return JSON
	 */
	static String json(Column column, String text) {
		return "string".equals(column.type().schema().get("type")) ? quote(text) : text;
	}

	/**
	 * Returns the body without a value.
	 * @param field the name of the field
	 * @return a body
	 */
	public Body without(String field) {
		Map<String, String> changed = new LinkedHashMap<>(this.fields);
		changed.remove(field);
		return new Body(changed);
	}

	/**
	 * Returns a value as text, without quotes.
	 * @param column the column
	 * @return the value; empty when it is absent
	 */
	public String text(Column column) {
		String json = this.fields.get(column.name());
		return (json == null) ? "" : json.startsWith("\"") ? parse(json).asString() : json;
	}

	/**
	 * Returns the answer to a request with this body, whose values must be written as
	 * answers write them.
	 * @param uuid the uuid that the server assigned
	 * @return the row as JSON
	 */
	public String answer(String uuid) {
		return COLUMNS.stream()
			.map(Column::name)
			.filter(this.fields::containsKey)
			.map((name) -> "," + quote(name) + ":" + this.fields.get(name))
			.collect(Collectors.joining("", "{\"uuid\":\"" + uuid + "\"", "}"));
	}

	/**
	 * Returns a CSV header with all columns.
	 * @return the names
	 */
	public static String csvHeader() {
		return COLUMNS.stream().map(Column::name).collect(Collectors.joining(","));
	}

	/**
	 * Returns the values as a CSV row.
	 * @return the values in the order of the header, without a line break
	 */
	public String csv() {
		return COLUMNS.stream().map(this::text).map(Body::csvField).collect(Collectors.joining(","));
	}

	static String csvField(String text) {
		return text.matches("(?s).*[,\"\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
	}

	@Override
	public String toString() {
		return this.fields.entrySet()
			.stream()
			.map((field) -> quote(field.getKey()) + ":" + field.getValue())
			.collect(Collectors.joining(",", "{", "}"));
	}

}
