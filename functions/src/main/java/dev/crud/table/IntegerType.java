package dev.crud.table;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Integers.
 */
final class IntegerType extends NumericType {

	IntegerType(long min, long max) {
		super("an integer ", BigDecimal.valueOf(min), BigDecimal.valueOf(max));
	}

	@Override
	Object keep(BigDecimal number) throws InvalidValueException {
		if (number.stripTrailingZeros().scale() > 0) {
			throw refusal();
		}
		return number.longValueExact();
	}

	@Override
	public Class<?> javaType() {
		return Long.class;
	}

	@Override
	public String sqlType() {
		long least = this.min.longValueExact();
		long most = this.max.longValueExact();
		if (least == (short) least && most == (short) most) {
			return "smallint";
		}
		return (least == (int) least && most == (int) most) ? "integer" : "bigint";
	}

	@Override
	void json(Object value, Output out) {
		out.integer((Long) value);
	}

	@Override
	void csv(Object value, Output out) {
		out.integer((Long) value);
	}

	@Override
	public Map<String, Object> schema() {
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("type", "integer");
		schema.put("format", sqlType().equals("bigint") ? "int64" : "int32");
		schema.put("minimum", this.min);
		schema.put("maximum", this.max);
		return schema;
	}

}
