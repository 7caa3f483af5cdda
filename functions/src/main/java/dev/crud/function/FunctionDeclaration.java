package dev.crud.function;

import java.time.Duration;
import java.util.Map;

/**
 * Declares a function and how it is deployed.
 *
 * @param name the name of the function, and also of its bean, its path, its Knative
 * Service and its database role, if it has one
 * @param operation what it does
 * @param connections how many connections to the database an instance may open; 0 if it
 * uses none
 * @param concurrency how many requests an instance handles at once
 * @param maxScale how many instances a revision may have
 * @param timeout how long a request may take, and an instance to stop
 * @param limits CPU and memory of an instance
 * @param answer what a constant answers; empty for any other function
 */
public record FunctionDeclaration(String name, Operation operation, int connections, int concurrency, int maxScale,
		Duration timeout, Limits limits, Map<String, String> answer) {

	/**
	 * The shortest time-out that leaves room for stopping: Knative's proxy drains for 30
	 * s, and the function then stops within 5 s.
	 */
	private static final Duration SHORTEST_TIMEOUT = Duration.ofMinutes(1);

	/**
	 * Declares a function that is no constant.
	 * @param name the name of the function
	 * @param operation what it does
	 * @param connections how many connections to the database an instance may open
	 * @param concurrency how many requests an instance handles at once
	 * @param maxScale how many instances a revision may have
	 * @param timeout how long a request may take, and an instance to stop
	 * @param limits CPU and memory of an instance
	 */
	public FunctionDeclaration(String name, Operation operation, int connections, int concurrency, int maxScale,
			Duration timeout, Limits limits) {
		this(name, operation, connections, concurrency, maxScale, timeout, limits, Map.of());
	}

	/**
	 * Checks that the function can be deployed like this.
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
		if (connections > 0 && concurrency > connections && !operation.sharesConnections()) {
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
	 * Returns whether the function has a login role, which has the function's name.
	 * @return whether the function uses the database
	 */
	public boolean usesDatabase() {
		return this.operation.usesDatabase();
	}

	/**
	 * Returns the name of the Secret with the {@code username} and {@code password} of
	 * its database role.
	 * @return the name
	 */
	public String secret() {
		return this.name + "-database";
	}

	/**
	 * Returns the function's path on a host that serves all functions.
	 * @return the path, to which a slash and a key may be added
	 */
	public String path() {
		return "/" + this.name;
	}

	/**
	 * CPU and memory of an instance, as quantities of Kubernetes.
	 *
	 * @param cpuRequest the CPU that the scheduler reserves; small enough that a
	 * roll-out, during which each function runs twice, fits on 2 CPUs
	 * @param cpu the CPU limit
	 * @param memoryRequest the memory that the scheduler reserves
	 * @param memory the memory limit
	 */
	public record Limits(String cpuRequest, String cpu, String memoryRequest, String memory) {

	}

}
