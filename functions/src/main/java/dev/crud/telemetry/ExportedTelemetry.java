package dev.crud.telemetry;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.crud.settings.BadSettingException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;
import reactor.pool.InstrumentedPool;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Exports traces and metrics as OpenTelemetry's standard variables say. The names are
 * those of its semantic conventions.
 */
final class ExportedTelemetry implements Telemetry {

	private static final String SCOPE = "dev.crud";

	/** A process has 5 s to stop, and ends without what can't be exported sooner. */
	private static final long CLOSE_MILLISECONDS = 500;

	private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");

	private static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("service.instance.id");

	private static final AttributeKey<String> STATE = AttributeKey.stringKey("db.client.connection.state");

	private static final AttributeKey<String> MEMORY_TYPE = AttributeKey.stringKey("jvm.memory.type");

	private static final AttributeKey<String> MEMORY_POOL = AttributeKey.stringKey("jvm.memory.pool.name");

	private static final AttributeKey<String> PHASE = AttributeKey.stringKey("phase");

	private final OpenTelemetrySdk sdk;

	private final Meter meter;

	private final Instruments instruments;

	private ExportedTelemetry(OpenTelemetrySdk sdk, Attributes database) {
		this.sdk = sdk;
		this.meter = sdk.getMeter(SCOPE);
		this.instruments = new Instruments(sdk.getTracer(SCOPE), this.meter, database);
	}

	static Telemetry of(Environment environment, String service, StartUp startUp) {
		Map<String, String> defaults = new HashMap<>();
		defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
		defaults.put("otel.logs.exporter", "none");
		try {
			OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
				.disableShutdownHook()
				.addPropertiesSupplier(() -> defaults)
				.addResourceCustomizer((given, config) -> identified(given, service,
						environment.getProperty("HOSTNAME", UUID.randomUUID().toString())))
				.build()
				.getOpenTelemetrySdk();
			ExportedTelemetry telemetry = new ExportedTelemetry(sdk, Instruments.database(environment));
			telemetry.observe(startUp);
			return telemetry;
		}
		catch (ConfigurationException | IllegalArgumentException ex) {
			throw new BadSettingException("A variable of OpenTelemetry is wrong: "
					+ NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		}
	}

	/** What the variables say counts, and they may say a part. */
	private static Resource identified(Resource given, String service, String instance) {
		ResourceBuilder all = given.toBuilder();
		if (given.getAttribute(INSTANCE) == null) {
			all.put(INSTANCE, instance);
		}
		if (Objects.equals(given.getAttribute(SERVICE), Resource.getDefault().getAttribute(SERVICE))) {
			all.put(SERVICE, service);
		}
		return all.build();
	}

	private void observe(StartUp startUp) {
		this.meter.gaugeBuilder("process.start.duration")
			.setUnit("s")
			.setDescription("How long each phase of the start took")
			.buildWithCallback((gauge) -> startUp.phases()
				.forEach((phase, milliseconds) -> gauge.record(milliseconds / 1000.0, Attributes.of(PHASE, phase))));
		this.meter.upDownCounterBuilder("jvm.memory.used")
			.setUnit("By")
			.setDescription("Memory in use")
			.buildWithCallback(ExportedTelemetry::memory);
	}

	private static void memory(ObservableLongMeasurement used) {
		for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
			used.record(pool.getUsage().getUsed(), Attributes.of(MEMORY_TYPE,
					(pool.getType() == MemoryType.HEAP) ? "heap" : "non_heap", MEMORY_POOL, pool.getName()));
		}
	}

	@Override
	public RequestTelemetry request(ServerHttpRequest request) {
		return new ExportedRequest(this.instruments, this.sdk.getPropagators().getTextMapPropagator(), request);
	}

	@Override
	public void pool(InstrumentedPool<?> pool) {
		InstrumentedPool.PoolMetrics now = pool.metrics();
		this.meter.upDownCounterBuilder("db.client.connection.count")
			.setUnit("{connection}")
			.setDescription("Connections to the database")
			.buildWithCallback((count) -> {
				count.record(now.idleSize(), Attributes.of(STATE, "idle"));
				count.record(now.acquiredSize(), Attributes.of(STATE, "used"));
			});
		this.meter.upDownCounterBuilder("db.client.connection.max")
			.setUnit("{connection}")
			.setDescription("How many connections to the database there may be")
			.buildWithCallback((count) -> count.record(now.getMaxAllocatedSize()));
		this.meter.upDownCounterBuilder("db.client.connection.pending_requests")
			.setUnit("{request}")
			.setDescription("Statements that wait for a connection to the database")
			.buildWithCallback((count) -> count.record(now.pendingAcquireSize()));
	}

	@Override
	public void close() {
		// The SDK itself may wait for ten seconds, even when it is asked to join later.
		CompletableFuture.runAsync(this.sdk::close)
			.completeOnTimeout(null, CLOSE_MILLISECONDS, TimeUnit.MILLISECONDS)
			.join();
	}

}
