package dev.crud.table;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * Defines the values of a column: how they are checked, stored, written and described.
 * Nothing is coerced: a value is kept as it was sent, or refused.
 */
public abstract class ColumnType {

	private final Class<?> javaType;

	private final String sqlType;

	private final Set<FilterKind> filters;

	private final Map<String, Object> schema;

	/**
	 * Creates a type.
	 * @param javaType the class that the driver reads values into and binds them from
	 * @param sqlType the type of the column in the database
	 * @param filters the kinds of filter that a column may have
	 * @param schema keywords of JSON Schema
	 */
	ColumnType(Class<?> javaType, String sqlType, Set<FilterKind> filters, Map<String, Object> schema) {
		this.javaType = javaType;
		this.sqlType = sqlType;
		this.filters = filters;
		this.schema = schema;
	}

	/**
	 * Puts keywords of JSON Schema in their order.
	 * @param pairs keywords, each followed by its value
	 * @return the keywords
	 */
	static Map<String, Object> schema(Object... pairs) {
		Map<String, Object> schema = new LinkedHashMap<>();
		for (int i = 0; i < pairs.length; i += 2) {
			schema.put((String) pairs[i], pairs[i + 1]);
		}
		return Collections.unmodifiableMap(schema);
	}

	/**
	 * Checks a value of a JSON body.
	 * @param value a {@link Boolean}, {@link BigDecimal} or {@link String}, as it was
	 * written; anything else has the wrong type
	 * @return the value to keep, a {@link #javaType()}
	 * @throws InvalidValueException when it is not allowed
	 */
	public abstract Object check(Object value) throws InvalidValueException;

	/**
	 * Checks a value that is written as text, as it is in CSV and in query parameters.
	 * @param text the text
	 * @return the value to keep, a {@link #javaType()}
	 * @throws InvalidValueException when it is not allowed
	 */
	public Object parse(String text) throws InvalidValueException {
		return check(text);
	}

	/**
	 * Checks a text to search for in values, for {@link FilterKind#CONTAINS}.
	 * @param text the text to search for
	 * @return the text to search for
	 * @throws InvalidValueException when no value could contain it
	 */
	Object parsePart(String text) throws InvalidValueException {
		return parse(text);
	}

	/**
	 * Returns the class that the driver reads values into and binds them from.
	 * @return a class that the driver knows
	 */
	public final Class<?> javaType() {
		return this.javaType;
	}

	/**
	 * Returns the type of the column as Postgres's {@code format_type} shows it.
	 * @return an SQL type
	 */
	public final String sqlType() {
		return this.sqlType;
	}

	/**
	 * Returns whether values are sorted and compared by code point.
	 * @return whether the column needs {@code COLLATE pg_c_utf8}
	 */
	public final boolean isText() {
		return this.sqlType.equals("text");
	}

	/**
	 * Returns whether the driver must be sent values as text, because it reads some of
	 * them wrong in Postgres's binary format.
	 * @return true for types that are read as text
	 */
	public boolean isReadAsText() {
		return false;
	}

	/**
	 * Reads a value from a row of the database.
	 * @param row the row
	 * @param index the index of the column in the row, counted from 0
	 * @return the value, or {@code null} when it is absent
	 */
	public final @Nullable Object read(Readable row, int index) {
		return row.get(index, this.javaType);
	}

	/**
	 * Writes a value as JSON.
	 * @param value a value of this type
	 * @param out receives the value
	 */
	void json(Object value, Output out) {
		out.ascii(text(value));
	}

	/**
	 * Writes a value as a field of CSV (RFC 4180).
	 * @param value a value of this type
	 * @param out receives the value
	 */
	void csv(Object value, Output out) {
		out.ascii(text(value));
	}

	/**
	 * Returns a value as text, in the form that {@link #parse} takes.
	 * @param value a value of this type
	 * @return the text
	 */
	public String text(Object value) {
		return Objects.toString(value);
	}

	/**
	 * Returns which filters a column of this type may have.
	 * @return the kinds
	 */
	public final Set<FilterKind> filters() {
		return this.filters;
	}

	/**
	 * Describes a value in the JSON Schema of OpenAPI 3.1, without anything that a tool
	 * for OpenAPI 3.0 would reject.
	 * @return the keywords in their order; their values are strings, numbers and lists of
	 * these
	 */
	public final Map<String, Object> schema() {
		return this.schema;
	}

}
