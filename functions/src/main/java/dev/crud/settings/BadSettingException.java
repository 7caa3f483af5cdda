package dev.crud.settings;

/**
 * Thrown for a setting that the process can't start with.
 */
public final class BadSettingException extends RuntimeException {

	/**
	 * Creates an exception.
	 * @param message the line that the process prints before it ends; it names the
	 * setting
	 */
	public BadSettingException(String message) {
		super(message);
	}

}
