package dev.passengers.knative;

import java.time.Duration;

/**
 * What a function is to a cluster.
 *
 * @param name of the function, its Knative Service and, if it has one, its database role
 * @param methods what its path allows, as the {@code Allow} header says it
 * @param connections to the database at most, of one instance; 0 for none
 * @param concurrency requests that an instance handles at once
 * @param maxScale instances at most, of one revision
 * @param timeout for a request; also how long an instance may take to end
 * @param limits of an instance
 */
record PassengerFunction(String name, String methods, int connections, int concurrency, int maxScale, Duration timeout,
		Limits limits) {

	/** 30 s of draining by Knative's proxy and 5 s of our own, with room to spare. */
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
	 * Returns the Secret with its role's {@code username} and {@code password}.
	 * @return the name
	 */
	String secret() {
		return this.name + "-database";
	}

	/**
	 * Returns where it is on a host that serves all functions.
	 * @return the path, or what its path starts with
	 */
	String path() {
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
	record Limits(String cpuRequest, String cpu, String memoryRequest, String memory) {

	}

}
