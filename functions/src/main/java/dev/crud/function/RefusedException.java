package dev.crud.function;

/**
 * A request that is well-formed but that the stored rows do not allow.
 */
public final class RefusedException extends RuntimeException {

	/** Why. */
	public enum Reason {

		/** There is no such row; status 404. */
		NO_SUCH_ROW,
		/** It has changed since the client saw it; status 412. */
		CHANGED,
		/** The idempotency key was used with another body; status 422. */
		KEY_REUSED,
		/** The row that a page is to follow is gone; status 400. */
		POSITION_GONE,
		/** Counting exactly takes longer than it may; status 503. */
		COUNT_TOO_LONG

	}

	private final Reason reason;

	/**
	 * Creates one.
	 * @param reason why
	 */
	public RefusedException(Reason reason) {
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
