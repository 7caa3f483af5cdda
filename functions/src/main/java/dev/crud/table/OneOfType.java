package dev.crud.table;

import java.util.List;
import java.util.Set;

/**
 * One of a few texts.
 */
final class OneOfType extends ColumnType {

	final List<String> values;

	OneOfType(String... values) {
		super(String.class, "text", Set.of(FilterKind.EQUAL), schema("type", "string", "enum", List.of(values)));
		this.values = List.of(values);
		if (Set.of(values).size() < 2 || this.values.contains("")) {
			throw new IllegalArgumentException("One of " + this.values + " is no choice");
		}
	}

	@Override
	public Object check(Object value) throws InvalidValueException {
		int index = this.values.indexOf(value);
		if (index >= 0) {
			return this.values.get(index);
		}
		int last = this.values.size() - 1;
		throw new InvalidValueException(
				"must be " + String.join(", ", this.values.subList(0, last)) + " or " + this.values.get(last));
	}

	@Override
	void json(Object value, Output out) {
		out.quoted((String) value);
	}

	@Override
	void csv(Object value, Output out) {
		TextType.csv((String) value, out);
	}

}
