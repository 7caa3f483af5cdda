package dev.crud.knative;

import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;

/**
 * Makes Services scale to zero after seconds instead of a minute, until it is closed.
 * Under load that would only make each request a cold start, and right after a change of
 * the settings Knative takes about ten seconds longer to start anything.
 */
final class Haste implements AutoCloseable {

	private static final String AUTOSCALER = "config-autoscaler";

	private static final String SOON = "6s";

	Haste() {
		Settings.KNATIVE.set(AUTOSCALER, Map.of("stable-window", SOON, "scale-to-zero-grace-period", SOON));
	}

	/** Waits until no pod is left. */
	void awaitZero(Cluster cluster, String selector) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(5))
			.pollInterval(Duration.ofMillis(500))
			.until(() -> cluster.pods(selector, ".metadata.name").isEmpty());
	}

	@Override
	public void close() {
		Settings.KNATIVE.putBack(AUTOSCALER);
	}

}
