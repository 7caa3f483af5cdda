package dev.crud.table;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Texts that are not blank.
 */
final class TextType extends ColumnType {

	/**
	 * What Unicode calls white space, and the separators of ASCII. A regular expression's
	 * own class of blanks is another one in each language.
	 */
	private static final String BLANK = "\\t-\\r\\u001C- \\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";

	private static final Pattern ALL_BLANK = Pattern.compile("[" + BLANK + "]*");

	final int min;

	final int max;

	TextType(int min, int max) {
		super(String.class, "text", Set.of(FilterKind.EQUAL, FilterKind.CONTAINS), schema("type", "string", "minLength",
				min, "maxLength", max, "pattern", "^[^\\u0000]*[^\\u0000" + BLANK + "][^\\u0000]*$"));
		if (min < 1 || max < min) {
			throw new IllegalArgumentException("A text has at least 1 character, or else is absent");
		}
		this.min = min;
		this.max = max;
	}

	@Override
	public Object check(Object value) throws InvalidValueException {
		String text = checkPart(value, this.min);
		if (ALL_BLANK.matcher(text).matches()) {
			throw new InvalidValueException("must not be blank");
		}
		return text;
	}

	@Override
	Object parsePart(String text) throws InvalidValueException {
		return checkPart(text, 1);
	}

	private String checkPart(Object value, int least) throws InvalidValueException {
		if (!(value instanceof String text)) {
			throw new InvalidValueException("must be a string");
		}
		int length = text.codePointCount(0, text.length());
		if (length < least || length > this.max) {
			throw new InvalidValueException("must have " + least + " to " + this.max + " characters");
		}
		// A surrogate in codePoints() is one without its counterpart.
		if (text.codePoints().anyMatch((point) -> point == 0 || (point >= 0xD800 && point <= 0xDFFF))) {
			throw new InvalidValueException("must not contain U+0000 or a lone surrogate");
		}
		return text;
	}

	@Override
	void json(Object value, Output out) {
		out.quoted((String) value);
	}

	@Override
	void csv(Object value, Output out) {
		csv((String) value, out);
	}

	static void csv(String text, Output out) {
		boolean plain = text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\r') < 0
				&& text.indexOf('\n') < 0;
		out.utf8(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
	}

}
