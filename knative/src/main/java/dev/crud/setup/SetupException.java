package dev.crud.setup;

/**
 * Ends the setup. Its message is written to the log, so it never contains a secret.
 */
final class SetupException extends RuntimeException {

	SetupException(String message) {
		super(message);
	}

	/**
	 * Creates one whose message includes the cause.
	 * @param message what could not be done
	 * @param cause why
	 */
	SetupException(String message, Throwable cause) {
		super(message + ": " + describe(cause), cause);
	}

	/**
	 * Describes an exception and its root cause.
	 * @param thrown the exception
	 * @return its message, followed by the class and the message of its root cause
	 */
	static String describe(Throwable thrown) {
		Throwable root = thrown;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String kind = root.getClass().getSimpleName() + " " + line(root);
		return (root != thrown) ? line(thrown) + " " + kind : kind;
	}

	/**
	 * Returns a message in one line. Postgres's details and hints are lines of their own.
	 * @param thrown the exception
	 * @return its message
	 */
	static String line(Throwable thrown) {
		return String.valueOf(thrown.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
	}

}
