package dev.crud.table;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is a JSON string of a certain form.
 */
abstract class QuotedType extends ColumnType {

	private final String allowed;

	/**
	 * Creates one.
	 * @param allowed what it must be
	 * @param javaType what the driver reads values into
	 * @param sqlType the column's type
	 * @param filters what lists can be narrowed by
	 * @param format the form's name in JSON Schema
	 */
	QuotedType(String allowed, Class<?> javaType, String sqlType, Set<FilterKind> filters, String format) {
		super(javaType, sqlType, filters, schema("type", "string", "format", format));
		this.allowed = allowed;
	}

	@Override
	public final Object check(Object value) throws InvalidValueException {
		Object kept = (value instanceof String text) ? read(text) : null;
		if (kept == null) {
			throw new InvalidValueException(this.allowed);
		}
		return kept;
	}

	/**
	 * Reads a text.
	 * @param text the text
	 * @return the value, or {@code null} when it is none
	 */
	abstract @Nullable Object read(String text);

	@Override
	void json(Object value, Output out) {
		out.write('"');
		out.ascii(text(value));
		out.write('"');
	}

}
