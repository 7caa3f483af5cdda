package dev.crud.table;

import java.math.BigDecimal;

/**
 * Creates the types that a column may have.
 */
public final class ColumnTypes {

	private ColumnTypes() {
	}

	/**
	 * Returns true or false: a JSON boolean, Postgres's {@code boolean}.
	 * @return the type
	 */
	public static ColumnType bool() {
		return bool("true", "false");
	}

	/**
	 * Returns true or false with other words in CSV, for an {@linkplain Column#alias
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

}
