package dev.passengers.knative;

import java.time.Duration;

/**
 * How a function is deployed.
 *
 * @param name the name of the function, of its Knative Service and, if it has one, of its
 * database role
 * @param methods the methods that its path allows, as in the {@code Allow} header
 * @param connections how many connections to the database an instance may open; 0 if it
 * uses none
 * @param concurrency how many requests an instance handles at once
 * @param maxScale how many instances a revision may have
 * @param timeout how long a request may take, and an instance to stop
 * @param limits CPU and memory of an instance
 */
record PassengerFunction(String name, String methods, int connections, int concurrency, int maxScale, Duration timeout,
		Limits limits) {

	/** Knative's proxy drains for 30 s and the function stops within 5 s. */
	private static final Duration SHORTEST_TIMEOUT = Duration.ofMinutes(1);

	PassengerFunction {
		if (!name.matches("[a-z]{1,40}")) {
			throw new IllegalArgumentException("A function's name is part of a host name and a path: " + name);
		}
		if (connections < 0 || concurrency < 1 || maxScale < 1) {
			throw new IllegalArgumentException(name + " needs at least one instance that handles one request");
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

	boolean usesDatabase() {
		return this.connections > 0;
	}

	/**
	 * Returns the name of the Secret with the {@code username} and {@code password} of
	 * its database role.
	 * @return the name
	 */
	String secret() {
		return this.name + "-database";
	}

	/**
	 * Returns its path on a host that serves all functions.
	 * @return the path, to which a uuid may be added
	 */
	String path() {
		return "/" + this.name;
	}

	/**
	 * Kubernetes quantities.
	 *
	 * @param cpuRequest the CPU that the scheduler reserves; small, so that a roll-out,
	 * during which each function runs twice, fits on 2 CPUs
	 * @param cpu the CPU limit
	 * @param memoryRequest the memory that the scheduler reserves
	 * @param memory the memory limit
	 */
	record Limits(String cpuRequest, String cpu, String memoryRequest, String memory) {

	}

}
