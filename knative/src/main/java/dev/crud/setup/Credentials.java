package dev.crud.setup;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * User names and passwords, generated once and then kept. Only missing values are added.
 * Existing ones are replaced only when they are asked to be, since they may be in use.
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
		complete("postgres", Map.of("password", randomPassword()));
		return password("postgres", read("postgres", Set.of("password")), "a password");
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
	 * Returns the login of a role.
	 * @param role the role
	 * @param unused which of its logins to take if none is stored
	 * @return the stored one, with a generated password if there was none
	 */
	final Login login(Role role, String unused) {
		complete(role.credentials(), initial(unused));
		return login(role);
	}

	/**
	 * Stores another login of a role, with a generated password.
	 * @param role the role
	 * @param login the other login
	 * @return what is stored now
	 */
	final Login replace(Role role, String login) {
		Map<String, String> values = initial(login);
		update(role.credentials(), values.keySet(), (stored) -> values);
		this.log.accept("Credentials " + role.credentials() + ": replaced");
		return login(role);
	}

	private Login login(Role role) {
		List<String> logins = role.logins();
		String wanted = "a password and the username " + String.join(" or ", logins);
		// Another setup may have been faster, so what is stored counts.
		Map<String, String> stored = read(role.credentials(), Set.of("username", "password"));
		String password = password(role.credentials(), stored, wanted);
		String login = stored.get("username");
		if (login == null || !logins.contains(login)) {
			throw incomplete(role.credentials(), wanted);
		}
		return new Login(login, password);
	}

	private static String password(String name, Map<String, String> stored, String wanted) {
		String password = stored.get("password");
		if (password == null) {
			throw incomplete(name, wanted);
		}
		return password;
	}

	private static SetupException incomplete(String name, String wanted) {
		return new SetupException("Credentials %s must contain %s".formatted(name, wanted));
	}

	private static Map<String, String> initial(String login) {
		return Map.of("username", login, "password", randomPassword());
	}

	private void complete(String name, Map<String, String> initial) {
		boolean created = update(name, initial.keySet(), (stored) -> missing(stored, initial));
		this.log.accept("Credentials " + name + ": " + (created ? "created" : "already there"));
	}

	/**
	 * Stores values, unless there are none to store.
	 * @param name the name of the credentials
	 * @param keys the keys that may have values already
	 * @param change returns what to store, of what is stored
	 * @return whether anything was stored
	 */
	abstract boolean update(String name, Set<String> keys, UnaryOperator<Map<String, String>> change);

	/**
	 * Reads what is stored.
	 * @param name the name of the credentials
	 * @param keys the keys to read
	 * @return the values by key, without those that are missing
	 */
	abstract Map<String, String> read(String name, Set<String> keys);

	private static Map<String, String> missing(Map<String, String> stored, Map<String, String> initial) {
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
