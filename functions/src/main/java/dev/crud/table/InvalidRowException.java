package dev.crud.table;

/**
 * A body that is not what the contract asks for; status 400.
 */
public final class InvalidRowException extends RuntimeException {

	private final transient Violations violations;

	/**
	 * Creates one for a body that could not be read at all.
	 * @param message what is wrong, one sentence
	 */
	InvalidRowException(String message) {
		this(message, new Violations());
	}

	/**
	 * Creates one for a body with bad values.
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
	 * @return one entry a value; empty when the body could not be read at all
	 */
	public Violations violations() {
		return this.violations;
	}

}
