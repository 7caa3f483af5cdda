package dev.crud.function;

/**
 * Thrown for a request that is well-formed but can't be answered, given the stored rows.
 */
public final class RefusedException extends RuntimeException {

	/** The reasons for refusing a request. */
	public enum Reason {

		/** There is no such row; status 404. */
		NO_SUCH_ROW,
		/** The row has changed since the client saw it; status 412. */
		CHANGED,
		/** The idempotency key was used with another body; status 422. */
		KEY_REUSED,
		/** The row after which a page should start is gone; status 400. */
		POSITION_GONE,
		/** Counting exactly takes longer than it may; status 503. */
		COUNT_TOO_LONG

	}

	private final Reason reason;

	/**
	 * Creates an exception.
	 * @param reason the reason
	 */
	public RefusedException(Reason reason) {
		super(reason.name(), null, false, false);
		this.reason = reason;
	}

	/**
	 * Returns the reason.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

}
