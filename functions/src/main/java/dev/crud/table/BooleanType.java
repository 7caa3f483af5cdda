package dev.crud.table;

import java.util.Set;

/**
 * True or false.
 */
final class BooleanType extends ColumnType {

	private final String yes;

	private final String no;

	BooleanType(String yes, String no) {
		super(Boolean.class, "boolean", Set.of(FilterKind.EQUAL), schema("type", "boolean"));
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
		// The word for false comes first, except in "true or false".
		throw new InvalidValueException(
				this.yes.equals("true") ? "must be true or false" : "must be " + this.no + " or " + this.yes);
	}

}
