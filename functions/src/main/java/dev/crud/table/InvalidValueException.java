package dev.crud.table;

/**
 * Thrown for a value that its column does not allow; the message says what would be
 * allowed.
 */
public final class InvalidValueException extends Exception {

	InvalidValueException(String message) {
		super(message, null, false, false);
	}

	/**
	 * Returns what would be allowed.
	 * @return one clause that begins with a verb, such as "must be true or false"
	 */
	public String detail() {
		return String.valueOf(getMessage());
	}

}
