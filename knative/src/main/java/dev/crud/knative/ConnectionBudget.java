package dev.crud.knative;

import dev.crud.function.FunctionDeclaration;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks that all instances together can't open more connections than Postgres allows.
 */
public final class ConnectionBudget {

	/**
	 * During a roll-out the old and the new revision may both run all their instances.
	 */
	private static final int REVISIONS = 2;

	/** Connections of the setup Job: its own and Flyway's two. */
	private static final int SETUP = 3;

	private ConnectionBudget() {
	}

	/**
	 * Adds up the connections and compares the sum with {@code max_connections}.
	 * @param functions the functions to deploy
	 * @param postgresConfiguration the content of postgresql.conf
	 * @return the calculation as text
	 * @throws IllegalStateException with the calculation, when the sum is too large
	 */
	static String check(List<FunctionDeclaration> functions, String postgresConfiguration) {
		int maximum = setting(postgresConfiguration, "max_connections");
		int reserved = setting(postgresConfiguration, "superuser_reserved_connections");
		int needed = needed(functions) + reserved;
		String terms = functions.stream()
			.filter(FunctionDeclaration::usesDatabase)
			.map((function) -> "%s: %d connections x %d instances x %d revisions = %d\n".formatted(function.name(),
					function.connections(), function.maxScale(), REVISIONS, of(function)))
			.collect(Collectors.joining());
		String sum = "%ssetup: %d\nreserved for the superuser: %d\ntogether: %d of max_connections = %d\n"
			.formatted(terms, SETUP, reserved, needed, maximum);
		if (needed > maximum) {
			throw new IllegalStateException("Postgres would run out of connections.\n" + sum);
		}
		return sum;
	}

	/**
	 * Adds up the connections that all instances and the setup may open.
	 * @param functions the functions to deploy
	 * @return how many connections
	 */
	public static int needed(List<FunctionDeclaration> functions) {
		return functions.stream().mapToInt(ConnectionBudget::of).sum() + SETUP;
	}

	private static int of(FunctionDeclaration function) {
		return function.connections() * function.maxScale() * REVISIONS;
	}

	private static int setting(String configuration, String name) {
		Matcher line = Pattern.compile("^" + name + "\\s*=\\s*(\\d+)\\s*$", Pattern.MULTILINE).matcher(configuration);
		if (!line.find()) {
			throw new IllegalStateException("postgresql.conf does not set " + name);
		}
		return Integer.parseInt(line.group(1));
	}

}
