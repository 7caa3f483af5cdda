package dev.crud.auth;

/**
 * Thrown when a client may not have what it asks for.
 */
public final class DeniedException extends RuntimeException {

	private final Reason reason;

	private final String challenge;

	DeniedException(Reason reason, String challenge, String detail) {
		super(detail, null, false, false);
		this.reason = reason;
		this.challenge = challenge;
	}

	public Reason reason() {
		return this.reason;
	}

	/**
	 * Returns what the client is asked for.
	 * @return the value of {@code WWW-Authenticate}; empty when the client can do nothing
	 */
	public String challenge() {
		return this.challenge;
	}

	/** Why, which decides the status. */
	public enum Reason {

		/** There is no token, or none that is valid. */
		UNAUTHENTICATED,
		/** The token is in two places. */
		AMBIGUOUS,
		/** The token lacks the scope. */
		FORBIDDEN,
		/** The issuer's keys are not known yet. */
		WITHOUT_KEYS

	}

}
