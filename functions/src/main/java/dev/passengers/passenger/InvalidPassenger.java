package dev.passengers.passenger;

import java.util.List;

/**
 * A body that is not what the contract asks for; status 400.
 */
public final class InvalidPassenger extends RuntimeException {

	private final transient List<Violation> violations;

	/**
	 * Creates one for a body.
	 * @param message what is wrong, one sentence
	 * @param violations all bad fields; empty when the body could not be read at all
	 */
	public InvalidPassenger(String message, List<Violation> violations) {
		super(message, null, false, false);
		this.violations = List.copyOf(violations);
	}

	/**
	 * Returns all that is wrong.
	 * @return one entry a field
	 */
	public List<Violation> violations() {
		return this.violations;
	}

}
