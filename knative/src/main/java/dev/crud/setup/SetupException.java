package dev.crud.setup;

/**
 * What the setup can't go on with, in words for whoever reads its log; never a secret.
 */
final class SetupException extends RuntimeException {

	SetupException(String message) {
		super(message);
	}

	/**
	 * Creates one that tells what went wrong and what that came from.
	 * @param message what could not be done
	 * @param cause why
	 */
	SetupException(String message, Throwable cause) {
		super(message + ": " + describe(cause), cause);
	}

	/**
	 * Says what went wrong, down to its root.
	 * @param thrown what was thrown
	 * @return its message, and that of its root with its kind
	 */
	static String describe(Throwable thrown) {
		Throwable root = thrown;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String kind = root.getClass().getSimpleName() + " " + root.getMessage();
		return (root != thrown) ? thrown.getMessage() + " " + kind : kind;
	}

}
