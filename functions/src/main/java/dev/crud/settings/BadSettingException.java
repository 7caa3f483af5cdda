package dev.crud.settings;

/**
 * A setting that the process can't start with.
 */
public final class BadSettingException extends RuntimeException {

	/**
	 * Creates one.
	 * @param message the one line that the process ends with; it names the setting
	 */
	public BadSettingException(String message) {
		super(message);
	}

}
