package dev.passengers.setup;

/**
 * What the setup can't go on with, in words for whoever reads its log; never a secret.
 */
final class SetupException extends RuntimeException {

	SetupException(String message) {
		super(message);
	}

	SetupException(String message, Throwable cause) {
		super(message + ": " + cause.getMessage(), cause);
	}

}
