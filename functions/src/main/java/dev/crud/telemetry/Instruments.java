package dev.crud.telemetry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Tracer;
import io.r2dbc.spi.ConnectionFactoryOptions;

import org.springframework.core.env.Environment;

/**
 * What requests are observed with.
 *
 * @param tracer makes spans
 * @param requests how long requests took
 * @param statements how long statements took
 * @param rows how many rows statements returned
 * @param waits how long connections to the database were waited for
 * @param timeouts how many of these waits were too long
 * @param database the attributes of the database
 * @param operations those attributes with the name of an operation, by that name
 * @param outcomes the attributes of requests, by what tells them apart
 */
record Instruments(Tracer tracer, DoubleHistogram requests, DoubleHistogram statements, LongHistogram rows,
		DoubleHistogram waits, LongCounter timeouts, Attributes database, Map<String, Attributes> operations,
		Map<ExportedRequest.Outcome, Attributes> outcomes) {

	static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

	/** Seconds, as the semantic conventions advise. */
	private static final List<Double> REQUEST_BUCKETS = List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75,
			1.0, 2.5, 5.0, 7.5, 10.0);

	private static final List<Double> DATABASE_BUCKETS = List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);

	private static final List<Long> ROW_BUCKETS = List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 500L, 1000L, 2000L,
			5000L, 10000L);

	Instruments(Tracer tracer, Meter meter, Attributes database) {
		this(tracer, seconds(meter, "http.server.request.duration", "How long requests took", REQUEST_BUCKETS),
				seconds(meter, "db.client.operation.duration", "How long statements took", DATABASE_BUCKETS),
				meter.histogramBuilder("db.client.response.returned_rows")
					.ofLongs()
					.setUnit("{row}")
					.setDescription("How many rows statements returned")
					.setExplicitBucketBoundariesAdvice(ROW_BUCKETS)
					.build(),
				seconds(meter, "db.client.connection.wait_time", "How long statements waited for a connection",
						DATABASE_BUCKETS),
				meter.counterBuilder("db.client.connection.timeouts")
					.setUnit("{timeout}")
					.setDescription("Statements that waited too long for a connection")
					.build(),
				database, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
	}

	/**
	 * Returns the attributes of an operation on the database.
	 * @param operation the first word of its statement
	 */
	Attributes database(String operation) {
		return this.operations.computeIfAbsent(operation,
				(word) -> this.database.toBuilder().put("db.operation.name", word).build());
	}

	private static DoubleHistogram seconds(Meter meter, String name, String description, List<Double> buckets) {
		return meter.histogramBuilder(name)
			.setUnit("s")
			.setDescription(description)
			.setExplicitBucketBoundariesAdvice(buckets)
			.build();
	}

	/**
	 * Reads where the database is. What is wrong with the URL is reported where the
	 * database is connected to.
	 */
	static Attributes database(Environment environment) {
		AttributesBuilder database = Attributes.builder().put("db.system.name", "postgresql");
		try {
			ConnectionFactoryOptions url = ConnectionFactoryOptions
				.parse(environment.getProperty("spring.r2dbc.url", ""));
			database.put("server.address", (String) url.getValue(ConnectionFactoryOptions.HOST));
			if (url.getValue(ConnectionFactoryOptions.PORT) instanceof Integer port) {
				database.put("server.port", port);
			}
			database.put("db.namespace", (String) url.getValue(ConnectionFactoryOptions.DATABASE));
		}
		catch (IllegalArgumentException ex) {
			// No attributes then.
		}
		return database.build();
	}

}
