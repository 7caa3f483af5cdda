package dev.crud.table;

import java.util.Map;
import java.util.Set;

/**
 * True or false.
 */
final class BooleanType extends ColumnType {

	private final String yes;

	private final String no;

	BooleanType(String yes, String no) {
		this.yes = yes;
		this.no = no;
	}

	@Override
	public Object check(Object value) throws InvalidValueException {
		if (value instanceof Boolean) {
			return value;
		}
		throw new InvalidValueException("must be true or false");
	}

	@Override
	public Object parse(String text) throws InvalidValueException {
		if (text.equals(this.yes) || text.equals(this.no)) {
			return text.equals(this.yes);
		}
		// The lesser of the two first, but true before false.
		throw new InvalidValueException(
				this.yes.equals("true") ? "must be true or false" : "must be " + this.no + " or " + this.yes);
	}

	@Override
	public Class<?> javaType() {
		return Boolean.class;
	}

	@Override
	public String sqlType() {
		return "boolean";
	}

	@Override
	void json(Object value, Output out) {
		out.ascii(text(value));
	}

	@Override
	public Set<FilterKind> filters() {
		return Set.of(FilterKind.EQUAL);
	}

	@Override
	public Map<String, Object> schema() {
		return Map.of("type", "boolean");
	}

}
