package dev.crud.table;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is a JSON string of a certain form.
 */
abstract class QuotedType extends ColumnType {

	private final String format;

	/**
	 * Creates one.
	 * @param format the form's name in JSON Schema
	 */
	QuotedType(String format) {
		this.format = format;
	}

	@Override
	public final Object check(Object value) throws InvalidValueException {
		Object kept = (value instanceof String text) ? read(text) : null;
		if (kept == null) {
			throw new InvalidValueException(allowed());
		}
		return kept;
	}

	/**
	 * Reads a text.
	 * @param text the text
	 * @return the value, or {@code null} when it is none
	 */
	abstract @Nullable Object read(String text);

	abstract String allowed();

	@Override
	void json(Object value, Output out) {
		out.write('"');
		out.ascii(text(value));
		out.write('"');
	}

	@Override
	public Set<FilterKind> filters() {
		return EnumSet.of(FilterKind.EQUAL, FilterKind.MIN, FilterKind.MAX);
	}

	@Override
	public Map<String, Object> schema() {
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("type", "string");
		schema.put("format", this.format);
		return schema;
	}

}
