package dev.crud.table;

/**
 * Says what is wrong with one field.
 *
 * @param line the line of a bulk body, counted from 1, or 0 for a body of one object
 * @param pointer the field, as a JSON Pointer (RFC 6901); empty for the whole line
 * @param detail what would be allowed
 */
public record Violation(int line, String pointer, String detail) {

	/**
	 * The longest name that an answer repeats; no field has a longer one.
	 */
	private static final int MAX_NAME_LENGTH = 200;

	static Violation of(String field, String detail) {
		if (field.length() > MAX_NAME_LENGTH) {
			return new Violation(0, "", "a name of " + field.length() + " characters " + detail);
		}
		return new Violation(0, "/" + field.replace("~", "~0").replace("/", "~1"), detail);
	}

	/**
	 * Returns whether another one is about the same field. Names may be too long to tell.
	 */
	boolean hasSameField(Violation other) {
		return this.line == other.line && this.pointer.equals(other.pointer)
				&& (!this.pointer.isEmpty() || this.detail.equals(other.detail));
	}

	Violation atLine(int number) {
		return new Violation(number, this.pointer, this.detail);
	}

}
