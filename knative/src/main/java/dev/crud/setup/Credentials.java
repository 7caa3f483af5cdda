package dev.crud.setup;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * User names and passwords, generated once and then kept. Only missing values are added.
 * Existing ones are never changed, since they may be in use.
 */
abstract class Credentials {

	private static final int PASSWORD_BYTES = 32;

	private final Consumer<String> log;

	Credentials(Consumer<String> log) {
		this.log = log;
	}

	/**
	 * Returns the superuser's password.
	 * @return the password, generated if there was none
	 */
	final String superuser() {
		return password("postgres", Map.of("password", randomPassword()));
	}

	/**
	 * Returns what the user has stored about a Postgres that others run.
	 * @param keys the keys to read
	 * @return the values by key, without those that are missing
	 */
	final Map<String, String> external(Set<String> keys) {
		return read("postgres", keys);
	}

	/**
	 * Returns a login role's password.
	 * @param role the role's name
	 * @return the password, generated if there was none
	 */
	final String role(String role) {
		return password(role + "-database", Map.of("username", role, "password", randomPassword()));
	}

	private String password(String name, Map<String, String> initial) {
		boolean created = complete(name, initial);
		this.log.accept("Credentials " + name + ": " + (created ? "created" : "already there"));
		// Another setup may have been faster, so what is stored counts.
		Map<String, String> stored = read(name, initial.keySet());
		String password = stored.get("password");
		if (password == null || !Objects.equals(stored.get("username"), initial.get("username"))) {
			throw new SetupException("Credentials %s must contain %s".formatted(name, initial.containsKey("username")
					? "a password and the username " + initial.get("username") : "a password"));
		}
		return password;
	}

	/**
	 * Stores the values that are missing.
	 * @param name the name of the credentials
	 * @param initial all keys, each with the value to store if there is none or an empty
	 * one
	 * @return whether anything was missing
	 */
	abstract boolean complete(String name, Map<String, String> initial);

	/**
	 * Reads what is stored.
	 * @param name the name of the credentials
	 * @param keys the keys to read
	 * @return the values by key, without those that are missing
	 */
	abstract Map<String, String> read(String name, Set<String> keys);

	static Map<String, String> missing(Map<String, String> stored, Map<String, String> initial) {
		Map<String, String> missing = new LinkedHashMap<>(initial);
		missing.keySet().removeIf((key) -> !isEmpty(stored.get(key)));
		return missing;
	}

	private static boolean isEmpty(@Nullable String value) {
		return value == null || value.isEmpty();
	}

	/** Returns 256 random bits, in characters that need no escaping anywhere. */
	private static String randomPassword() {
		byte[] bytes = new byte[PASSWORD_BYTES];
		new SecureRandom().nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
