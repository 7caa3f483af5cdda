package dev.crud.table;

/**
 * Thrown for a body that is not as the contract requires; status 400.
 */
public final class InvalidRowException extends RuntimeException {

	private final transient Violations violations;

	/**
	 * Creates an exception for a body that could not be read at all.
	 * @param message what is wrong, one sentence
	 */
	InvalidRowException(String message) {
		this(message, new Violations());
	}

	/**
	 * Creates an exception for a body with bad values.
	 * @param message what is wrong, one sentence
	 * @param violations the bad values
	 */
	InvalidRowException(String message, Violations violations) {
		super(violations.more() ? message + " There are more than the " + Violations.MAX + " listed." : message, null,
				false, false);
		this.violations = violations;
	}

	/**
	 * Returns what is wrong.
	 * @return one entry for each bad value, up to a limit; empty when the body could not
	 * be read at all
	 */
	public Violations violations() {
		return this.violations;
	}

}
