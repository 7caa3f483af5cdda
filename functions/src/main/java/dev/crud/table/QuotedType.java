package dev.crud.table;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The base of all types that are JSON strings of a certain form.
 */
abstract class QuotedType extends ColumnType {

	private final String allowed;

	/**
	 * Creates a type.
	 * @param allowed what a value must be
	 * @param javaType the class that the driver reads values into
	 * @param sqlType the type of the column in the database
	 * @param filters the kinds of filter that a column may have
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
	 * @return the value, or {@code null} when the text is not a value
	 */
	abstract @Nullable Object read(String text);

	@Override
	void json(Object value, Output out) {
		out.write('"');
		out.ascii(text(value));
		out.write('"');
	}

}
