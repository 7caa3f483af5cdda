package dev.passengers.passenger;

/**
 * A request that is well-formed but that the stored passengers do not allow.
 */
public final class Refusal extends RuntimeException {

	/** Why. */
	public enum Reason {

		/** There is no such passenger; status 404. */
		NO_SUCH_PASSENGER,
		/** It has changed since the client saw it; status 412. */
		CHANGED,
		/** The idempotency key was used with another body; status 422. */
		KEY_REUSED,
		/** The row that a page is to follow is gone; status 400. */
		CURSOR_GONE,
		/** Counting exactly takes longer than it may; status 503. */
		COUNT_TOO_LONG

	}

	private final Reason reason;

	/**
	 * Creates one.
	 * @param reason why
	 */
	public Refusal(Reason reason) {
		super(reason.name(), null, false, false);
		this.reason = reason;
	}

	/**
	 * Returns why.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

}
