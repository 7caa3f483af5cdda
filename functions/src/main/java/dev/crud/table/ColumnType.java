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
 * What the values of a column are: how they are checked, stored, written and described.
 * Nothing is coerced: a value is kept exactly as it was written, or refused.
 */
public abstract class ColumnType {

	private final Class<?> javaType;

	private final String sqlType;

	private final Set<FilterKind> filters;

	private final Map<String, Object> schema;

	/**
	 * Creates one.
	 * @param javaType what the driver reads values into and binds them from
	 * @param sqlType the column's type
	 * @param filters what lists can be narrowed by
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
	 * Returns true or false: a JSON boolean, Postgres's {@code boolean}.
	 * @return the type
	 */
	public static ColumnType bool() {
		return bool("true", "false");
	}

	/**
	 * Returns true or false with other words in CSV; for an {@linkplain Column#alias
	 * alias}.
	 * @param yes the word for true
	 * @param no the word for false
	 * @return the type
	 */
	public static ColumnType bool(String yes, String no) {
		return new BooleanType(yes, no);
	}

	/**
	 * Returns integers: a JSON number without a fraction, and the smallest of Postgres's
	 * {@code smallint}, {@code integer} and {@code bigint} that holds the range.
	 * @param min the smallest
	 * @param max the largest
	 * @return the type
	 */
	public static ColumnType integer(long min, long max) {
		return new IntegerType(min, max);
	}

	/**
	 * Returns 64-bit floating-point numbers: a JSON number, Postgres's
	 * {@code double precision}.
	 * @param min the smallest
	 * @param max the largest
	 * @return the type
	 */
	public static ColumnType number(long min, long max) {
		return new DoubleType(min, max);
	}

	/**
	 * Returns exact decimals of any sign: a JSON number that is written with all of its
	 * decimals, Postgres's {@code numeric(precision, scale)}.
	 * @param precision how many digits, 1 to 1000
	 * @param scale how many of them are decimals
	 * @return the type
	 */
	public static ColumnType decimal(int precision, int scale) {
		BigDecimal max = BigDecimal.TEN.pow(precision).subtract(BigDecimal.ONE).movePointLeft(scale);
		return new DecimalType(precision, scale, max.negate(), max);
	}

	/**
	 * Returns exact decimals in a range.
	 * @param precision how many digits, 1 to 1000
	 * @param scale how many of them are decimals
	 * @param min the smallest
	 * @param max the largest
	 * @return the type
	 */
	public static ColumnType decimal(int precision, int scale, String min, String max) {
		return new DecimalType(precision, scale, new BigDecimal(min), new BigDecimal(max));
	}

	/**
	 * Returns texts that are not blank, without U+0000 and lone surrogates: a JSON
	 * string, Postgres's {@code text COLLATE pg_c_utf8}, sorted by code point.
	 * @param min the fewest Unicode code points, at least 1
	 * @param max the most
	 * @return the type
	 */
	public static ColumnType text(int min, int max) {
		return new TextType(min, max);
	}

	/**
	 * Returns a few texts: a JSON string, Postgres's {@code text COLLATE pg_c_utf8}.
	 * @param values the texts
	 * @return the type
	 */
	public static ColumnType oneOf(String... values) {
		return new OneOfType(values);
	}

	/**
	 * Returns dates of the years 1 to 9999: a JSON string {@code YYYY-MM-DD}, Postgres's
	 * {@code date}.
	 * @return the type
	 */
	public static ColumnType date() {
		return date("0001-01-01", "9999-12-31");
	}

	/**
	 * Returns dates in a range.
	 * @param min the earliest
	 * @param max the latest
	 * @return the type
	 */
	public static ColumnType date(String min, String max) {
		return new DateType(min, max);
	}

	/**
	 * Returns points in time of the years 1 to 9999, to the microsecond: a JSON string of
	 * RFC 3339 with any offset, which comes back in UTC, Postgres's {@code timestamptz}.
	 * @return the type
	 */
	public static ColumnType timestamp() {
		return new TimestampType();
	}

	/**
	 * Returns UUIDs (RFC 9562): a JSON string in the canonical form, Postgres's
	 * {@code uuid}.
	 * @return the type
	 */
	public static ColumnType uuid() {
		return new UuidType();
	}

	/**
	 * Checks a value of a JSON body.
	 * @param value a {@link Boolean}, {@link BigDecimal} or {@link String} as it was
	 * written; whatever else is of the wrong type
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
	 * Checks a part of a value, to look for; for {@link FilterKind#CONTAINS}.
	 * @param text the part
	 * @return the part to look for
	 * @throws InvalidValueException when no value could contain it
	 */
	Object parsePart(String text) throws InvalidValueException {
		return parse(text);
	}

	/**
	 * Returns what the driver reads values into and binds them from.
	 * @return a class that the driver knows
	 */
	public final Class<?> javaType() {
		return this.javaType;
	}

	/**
	 * Returns the type of the column as Postgres's {@code format_type} shows it.
	 * @return a type of SQL
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
	 * Reads a value from a row of the database.
	 * @param row the row
	 * @param index where in the row, counted from 0
	 * @return the value, or {@code null} when it is absent
	 */
	public final @Nullable Object read(Readable row, int index) {
		return row.get(index, this.javaType);
	}

	/**
	 * Writes a value as JSON.
	 * @param value a value of this type
	 * @param out where to
	 */
	void json(Object value, Output out) {
		out.ascii(text(value));
	}

	/**
	 * Writes a value as a field of CSV (RFC 4180).
	 * @param value a value of this type
	 * @param out where to
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
	 * Describes a value as JSON Schema, as OpenAPI 3.1 has it, with nothing that a tool
	 * for OpenAPI 3.0 would not take.
	 * @return the keywords in their order; values are strings, numbers and lists of them
	 */
	public final Map<String, Object> schema() {
		return this.schema;
	}

}
