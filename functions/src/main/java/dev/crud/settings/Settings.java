package dev.crud.settings;

import java.util.Locale;

import org.springframework.core.env.Environment;

/**
 * Reads settings from environment variables, or from properties of the same name in lower
 * case with dots.
 */
public final class Settings {

	private final Environment environment;

	/**
	 * Creates settings.
	 * @param environment the environment that has them
	 */
	public Settings(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Reads which function the process serves alone.
	 * @return its name, which may be unknown; empty when the process serves all
	 */
	public String function() {
		return this.environment.getProperty("spring.cloud.function.definition", "").strip();
	}

	/**
	 * Reads an integer.
	 * @param property the name of the property
	 * @param min the least that is allowed
	 * @param max the greatest that is allowed
	 * @return the integer
	 * @throws BadSettingException when it is anything else
	 */
	public int integer(String property, int min, int max) {
		return read(property, true, (value) -> {
			int number = Integer.parseInt(value);
			if (number < min || number > max) {
				throw new IllegalArgumentException();
			}
			return number;
		}, "an integer between " + min + " and " + max);
	}

	/**
	 * Reads a setting that must not be empty.
	 * @param property the name of the property
	 * @return the text
	 * @throws BadSettingException when it is empty
	 */
	public String text(String property) {
		return read(property, true, (value) -> {
			if (value.isEmpty()) {
				throw new IllegalArgumentException();
			}
			return value;
		}, "set");
	}

	/**
	 * Reads a setting of any type.
	 * @param <T> the type
	 * @param property the name of the property
	 * @param isPublic whether a message may show it
	 * @param reader parses the value, and throws any exception when it is not allowed
	 * @param allowed what is allowed, for people to read
	 * @return what the reader made of it
	 * @throws BadSettingException when it is not allowed
	 */
	public <T> T read(String property, boolean isPublic, Reader<T> reader, String allowed) {
		String value = this.environment.getProperty(property, "").strip();
		try {
			return reader.read(value);
		}
		catch (Exception ex) {
			String name = property.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", "_");
			String shown = value.isEmpty() ? " is empty" : isPublic ? " is '" + value + "'" : " is not valid";
			throw new BadSettingException(name + shown + "; it must be " + allowed + ".");
		}
	}

	/**
	 * Reads a value.
	 *
	 * @param <T> the type of the result
	 */
	@FunctionalInterface
	public interface Reader<T> {

		/**
		 * Reads a value.
		 * @param value the value; empty when the setting is missing
		 * @return the parsed value
		 * @throws Exception when it is not allowed
		 */
		T read(String value) throws Exception;

	}

}
