package dev.crud.knative;

import dev.crud.function.FunctionDeclaration;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks that all instances together can't open more connections than Postgres allows, or
 * PgBouncer.
 */
public final class ConnectionBudget {

	/**
	 * During a roll-out the old and the new revision may both run all their instances.
	 */
	private static final int REVISIONS = 2;

	/** Connections of the setup Job: its own and Flyway's two. */
	private static final int SETUP = 3;

	/** While a PgBouncer is replaced there may be one more of them. */
	private static final int SURGE = 1;

	/**
	 * While passwords are replaced, PgBouncer has a pool for both logins of a function.
	 */
	private static final int LOGINS = 2;

	/** Behind PgBouncer: replicas, the operator, exporters, administrators. */
	private static final int OTHERS = 20;

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
	 * Adds up both ends of PgBouncer: what the functions open to it, all of it perhaps to
	 * one of them, and what it opens to Postgres, for each role.
	 * @param functions the functions to deploy
	 * @param pooler the content of pooler.yaml
	 * @param cluster the content of cluster.yaml
	 * @return the calculation as text
	 * @throws IllegalStateException with the calculation, when either is too large
	 */
	static String checkPooled(List<FunctionDeclaration> functions, String pooler, String cluster) {
		int clients = needed(functions) - SETUP;
		int maximumClients = setting(pooler, "max_client_conn");
		int poolers = setting(pooler, "instances") + SURGE;
		int size = setting(pooler, "default_pool_size");
		int roles = (int) functions.stream().filter(FunctionDeclaration::usesDatabase).count();
		int servers = poolers * size * roles * LOGINS + SETUP + OTHERS;
		int maximum = setting(cluster, "max_connections");
		String sum = """
				to PgBouncer: %d of max_client_conn = %d
				from PgBouncer: %d of them x %d roles x %d logins x %d connections, setup %d, others %d, together %d of max_connections = %d
				"""
			.formatted(clients, maximumClients, poolers, roles, LOGINS, size, SETUP, OTHERS, servers, maximum);
		if (clients > maximumClients || servers > maximum) {
			throw new IllegalStateException("PgBouncer or Postgres would run out of connections.\n" + sum);
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
		Matcher line = Pattern.compile("^\\s*" + name + "\\s*[=:]\\s*\"?(\\d+)\"?\\s*$", Pattern.MULTILINE)
			.matcher(configuration);
		if (!line.find()) {
			throw new IllegalStateException("Nothing sets " + name);
		}
		return Integer.parseInt(line.group(1));
	}

}
