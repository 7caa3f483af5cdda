package dev.crud.telemetry;

import org.jspecify.annotations.Nullable;
import reactor.pool.InstrumentedPool;

import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Observes requests and what they do on the database.
 */
public interface Telemetry extends AutoCloseable {

	/**
	 * Returns the telemetry that the standard variables of OpenTelemetry ask for. Without
	 * an endpoint or an exporter nothing is observed, and nothing of OpenTelemetry is
	 * loaded.
	 * @param environment has the variables
	 * @param service the name of the service, unless {@code OTEL_SERVICE_NAME} has
	 * another
	 * @param startUp how long the start took
	 * @return the telemetry
	 */
	static Telemetry of(Environment environment, String service, StartUp startUp) {
		return isOn(environment) ? ExportedTelemetry.of(environment, service, startUp) : new Telemetry() {
		};
	}

	private static boolean isOn(Environment environment) {
		for (String name : new String[] { "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
				"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER" }) {
			if (!environment.getProperty(name, "").isBlank()) {
				return !"true".equalsIgnoreCase(environment.getProperty("OTEL_SDK_DISABLED", "").strip());
			}
		}
		return false;
	}

	/**
	 * Begins to observe a request.
	 * @param request the request
	 * @return what observes it, or {@code null} when nothing is observed
	 */
	default @Nullable RequestTelemetry request(ServerHttpRequest request) {
		return null;
	}

	/**
	 * Observes the pool of connections to the database.
	 * @param pool the pool
	 */
	default void pool(InstrumentedPool<?> pool) {
	}

	/** Exports what was not exported yet. It takes at most half a second. */
	@Override
	default void close() {
	}

}
