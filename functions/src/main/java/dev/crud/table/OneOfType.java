package dev.crud.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One of a few texts.
 */
final class OneOfType extends ColumnType {

	final List<String> values;

	OneOfType(String... values) {
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
	public Class<?> javaType() {
		return String.class;
	}

	@Override
	public String sqlType() {
		return "text";
	}

	@Override
	public boolean isText() {
		return true;
	}

	@Override
	void json(Object value, Output out) {
		out.quoted((String) value);
	}

	@Override
	void csv(Object value, Output out) {
		TextType.csv((String) value, out);
	}

	@Override
	public Set<FilterKind> filters() {
		return Set.of(FilterKind.EQUAL);
	}

	@Override
	public Map<String, Object> schema() {
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("type", "string");
		schema.put("enum", this.values);
		return schema;
	}

}
