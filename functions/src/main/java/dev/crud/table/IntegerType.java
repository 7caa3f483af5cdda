package dev.crud.table;

import java.math.BigDecimal;

/**
 * Integers.
 */
final class IntegerType extends NumericType {

	IntegerType(long min, long max) {
		super("an integer ", Long.class, sqlType(min, max), min, max, schema("type", "integer", "format",
				sqlType(min, max).equals("bigint") ? "int64" : "int32", "minimum", min, "maximum", max));
	}

	private static String sqlType(long min, long max) {
		if (min == (short) min && max == (short) max) {
			return "smallint";
		}
		return (min == (int) min && max == (int) max) ? "integer" : "bigint";
	}

	@Override
	Object keep(BigDecimal number) throws InvalidValueException {
		if (number.stripTrailingZeros().scale() > 0) {
			throw refusal();
		}
		return number.longValueExact();
	}

	@Override
	void json(Object value, Output out) {
		out.integer((Long) value);
	}

	@Override
	void csv(Object value, Output out) {
		out.integer((Long) value);
	}

}
