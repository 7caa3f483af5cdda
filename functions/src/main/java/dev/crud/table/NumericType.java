package dev.crud.table;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The base of all types of numbers: they are written as JSON numbers and have a range.
 */
abstract class NumericType extends ColumnType {

	/** A JSON number (RFC 8259) of a length that is safe to parse. */
	private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,400})(\\.\\d{1,400})?([eE][+-]?\\d{1,4})?");

	final BigDecimal min;

	final BigDecimal max;

	private final String allowed;

	/**
	 * Creates a type.
	 * @param kind what a number must be, followed by a space, or empty
	 * @param javaType the class that the driver reads values into
	 * @param sqlType the type of the column in the database
	 * @param min the smallest
	 * @param max the largest
	 * @param schema keywords of JSON Schema
	 */
	NumericType(String kind, Class<?> javaType, String sqlType, BigDecimal min, BigDecimal max,
			Map<String, Object> schema) {
		super(javaType, sqlType, EnumSet.of(FilterKind.EQUAL, FilterKind.MIN, FilterKind.MAX), schema);
		if (min.compareTo(max) > 0) {
			throw new IllegalArgumentException("Nothing is between " + min + " and " + max);
		}
		this.min = min;
		this.max = max;
		this.allowed = "must be " + kind + "between " + min.toPlainString() + " and " + max.toPlainString();
	}

	@Override
	public final Object check(Object value) throws InvalidValueException {
		if (!(value instanceof BigDecimal number) || number.compareTo(this.min) < 0 || number.compareTo(this.max) > 0) {
			throw refusal();
		}
		return keep(number);
	}

	@Override
	public final Object parse(String text) throws InvalidValueException {
		if (!NUMBER.matcher(text).matches()) {
			throw refusal();
		}
		return check(new BigDecimal(text));
	}

	/**
	 * Turns a number within the range into the stored value, if that is the same number.
	 * @param number the number
	 * @return the value to keep
	 * @throws InvalidValueException when the stored value would be another number
	 */
	abstract Object keep(BigDecimal number) throws InvalidValueException;

	final InvalidValueException refusal() {
		return new InvalidValueException(this.allowed);
	}

}
