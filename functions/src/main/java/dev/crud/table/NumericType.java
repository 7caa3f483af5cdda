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

	// A Long where it can be: initializing BigDecimal takes 14 ms of a cold start on JDK
	// 25, and who reads rows does not need it.
	private final Number min;

	private final Number max;

	private final String allowed;

	/**
	 * Creates a type.
	 * @param kind what a number must be, followed by a space, or empty
	 * @param javaType the class that the driver reads values into
	 * @param sqlType the type of the column in the database
	 * @param min the smallest, a {@link Long} or a {@link BigDecimal}
	 * @param max the largest, of the same class
	 * @param schema keywords of JSON Schema
	 */
	<T extends Number & Comparable<T>> NumericType(String kind, Class<?> javaType, String sqlType, T min, T max,
			Map<String, Object> schema) {
		super(javaType, sqlType, EnumSet.of(FilterKind.EQUAL, FilterKind.MIN, FilterKind.MAX), schema);
		if (min.compareTo(max) > 0) {
			throw new IllegalArgumentException("Nothing is between " + min + " and " + max);
		}
		this.min = min;
		this.max = max;
		this.allowed = "must be " + kind + "between " + plain(min) + " and " + plain(max);
	}

	private static String plain(Number number) {
		return (number instanceof BigDecimal decimal) ? decimal.toPlainString() : number.toString();
	}

	final BigDecimal min() {
		return decimal(this.min);
	}

	final BigDecimal max() {
		return decimal(this.max);
	}

	private static BigDecimal decimal(Number number) {
		return (number instanceof BigDecimal decimal) ? decimal : BigDecimal.valueOf(number.longValue());
	}

	@Override
	public final Object check(Object value) throws InvalidValueException {
		if (!(value instanceof BigDecimal number) || number.compareTo(min()) < 0 || number.compareTo(max()) > 0) {
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
