package dev.crud.function;

import java.time.Duration;

/**
 * A function as it is deployed.
 *
 * @param name of the function, its bean, its path, its Knative Service and, if it uses
 * the database, its login role
 * @param operation what it does
 * @param connections to the database at most, of one instance; 0 for none
 * @param concurrency requests that an instance handles at once
 * @param maxScale instances at most, of one revision
 * @param timeout for a request; also how long an instance may take to end
 * @param limits of an instance
 */
public record FunctionDeclaration(String name, Operation operation, int connections, int concurrency, int maxScale,
		Duration timeout, Limits limits) {

	/** 30 s of draining by Knative's proxy and 5 s of our own, with room to spare. */
	private static final Duration SHORTEST_TIMEOUT = Duration.ofMinutes(1);

	/**
	 * Checks that it can work.
	 */
	public FunctionDeclaration {
		if (!name.matches("[a-z]{1,40}")) {
			throw new IllegalArgumentException("A function's name is part of a host name and a path: " + name);
		}
		if (connections < 0 || concurrency < 1 || maxScale < 1) {
			throw new IllegalArgumentException(name + " needs at least one instance that handles one request");
		}
		if (connections > 0 != operation.usesDatabase()) {
			throw new IllegalArgumentException(
					"%s: %s and %d connections do not go together".formatted(name, operation, connections));
		}
		if (connections > 0 && concurrency > connections) {
			throw new IllegalArgumentException(
					"%s: with %d requests at once on %d connections some would wait for one, and time out"
						.formatted(name, concurrency, connections));
		}
		if (timeout.compareTo(SHORTEST_TIMEOUT) < 0) {
			throw new IllegalArgumentException(
					"%s: less than %s leaves no room for the drain".formatted(name, SHORTEST_TIMEOUT));
		}
	}

	/**
	 * Returns whether it has a login role, of its own name.
	 * @return whether it uses the database
	 */
	public boolean usesDatabase() {
		return this.operation.usesDatabase();
	}

	/**
	 * Returns where it is on a host that serves all functions.
	 * @return the path, or what its path starts with
	 */
	public String path() {
		return "/" + this.name;
	}

	/**
	 * Kubernetes quantities.
	 *
	 * @param cpuRequest what the scheduler sets aside; small, so that a roll-out, when
	 * each is there twice, fits on 2 CPUs
	 * @param cpu at most
	 * @param memoryRequest what the scheduler sets aside
	 * @param memory at most
	 */
	public record Limits(String cpuRequest, String cpu, String memoryRequest, String memory) {

	}

}
