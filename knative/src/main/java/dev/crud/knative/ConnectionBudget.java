package dev.crud.knative;

import dev.crud.function.FunctionDeclaration;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks that all instances together can't ask Postgres for more connections than it has.
 */
final class ConnectionBudget {

	/**
	 * During a roll-out the old revision and the new one may both be at their largest.
	 */
	private static final int REVISIONS = 2;

	/** The setup Job's: its own, and Flyway's two. */
	private static final int SETUP = 3;

	private ConnectionBudget() {
	}

	/**
	 * Adds it all up.
	 * @param functions to be deployed
	 * @param postgresConfiguration postgresql.conf
	 * @return the arithmetic
	 * @throws IllegalStateException with the arithmetic, when it does not fit
	 */
	static String check(List<FunctionDeclaration> functions, String postgresConfiguration) {
		int maximum = setting(postgresConfiguration, "max_connections");
		int reserved = setting(postgresConfiguration, "superuser_reserved_connections");
		int needed = functions.stream().mapToInt(ConnectionBudget::of).sum() + SETUP + reserved;
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

	private static int of(FunctionDeclaration function) {
		return function.connections() * function.maxScale() * REVISIONS;
	}

	private static int setting(String configuration, String name) {
		Matcher line = Pattern.compile("^" + name + "\\s*=\\s*(\\d+)\\s*$", Pattern.MULTILINE).matcher(configuration);
		if (!line.find()) {
			throw new IllegalStateException("postgresql.conf does not say " + name);
		}
		return Integer.parseInt(line.group(1));
	}

}
