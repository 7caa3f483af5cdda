package dev.crud;

import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.crud.function.Operation;
import io.opentelemetry.proto.metrics.v1.Metric;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what Prometheus reads of a process.
 */
@SuppressWarnings("NullAway.Init")
class ScrapedMetricsIT {

	private static final int PORT = JarProcess.freePort();

	private static LocalPostgres postgres;

	@BeforeAll
	static void start() {
		postgres = LocalPostgres.start();
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	@Test
	@DisplayName("metrics can be scraped instead, and traces left off")
	void metricsCanBeScraped() {
		try (JarProcess functions = functions(Routes.name(Operation.GET), Map.of())) {
			assertThat(functions.get("/" + Routes.NOBODY).statusCode()).isEqualTo(404);
			assertThat(metrics()).contains("service_name=\"" + Routes.name(Operation.GET) + "\"",
					"http_server_request_duration_seconds_count{http_request_method=\"GET\",http_response_status_code=\"404\"");
			assertThat(functions.log()).doesNotContain("\"level\":\"WARN\"", "\"level\":\"ERROR\"");
		}
	}

	@Test
	@DisplayName("metrics can be sent and scraped, as install/telemetry.yaml asks for")
	void metricsCanBeSentAndScraped() {
		try (OtlpReceiver receiver = new OtlpReceiver();
				JarProcess functions = functions(null, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint(),
						"OTEL_METRICS_EXPORTER", "otlp,prometheus"))) {
			assertThat(functions.get(Routes.LIST).statusCode()).isEqualTo(200);
			assertThat(metrics()).contains("http_server_request_duration_seconds_count{");
			functions.terminate();
			assertThat(functions.exitStatus(Duration.ofSeconds(10))).isZero();
			assertThat(receiver.metrics()).extracting(Metric::getName).contains("http.server.request.duration");
		}
	}

	@Test
	@DisplayName("a connection that is in use, a request that waits for it and one that has waited too long are counted")
	void poolIsMeasured() throws SQLException {
		try (Connection connection = postgres.connect();
				Statement statement = connection.createStatement();
				JarProcess functions = functions(null, Map.of("SPRING_R2DBC_POOL_MAX_SIZE", "1"))) {
			assertThat(functions.get(Routes.LIST).statusCode()).isEqualTo(200);
			assertPool(1, 0, 0, 0);
			connection.setAutoCommit(false);
			statement.execute("LOCK TABLE " + Declaration.TABLE.name());
			CompletableFuture<Integer> first = list(functions);
			Awaitility.await().until(() -> sum("db_client_connection_count", "used") == 1);
			CompletableFuture<Integer> second = list(functions);
			Awaitility.await().until(() -> sum("db_client_connection_pending_requests", "") == 1);
			assertPool(0, 1, 1, 0);
			assertThat(second.join()).isEqualTo(503);
			connection.rollback();
			assertThat(first.join()).isIn(200, 503);
			Awaitility.await().untilAsserted(() -> assertPool(1, 0, 0, 1));
		}
	}

	private static void assertPool(int idle, int used, int pending, int timeouts) {
		assertThat(Map.of("idle", sum("db_client_connection_count", "idle"), "used",
				sum("db_client_connection_count", "used"), "max", sum("db_client_connection_max", ""), "pending",
				sum("db_client_connection_pending_requests", ""), "timeouts",
				sum("db_client_connection_timeouts_total", "")))
			.isEqualTo(Map.of("idle", (double) idle, "used", (double) used, "max", 1.0, "pending", (double) pending,
					"timeouts", (double) timeouts));
	}

	private static CompletableFuture<Integer> list(JarProcess functions) {
		return CompletableFuture.supplyAsync(() -> functions.get(Routes.LIST + "?limit=1").statusCode());
	}

	@Test
	@DisplayName("memory is that of a heap of 64 MiB, and the phases of the start are those that the log tells")
	void memoryAndStartAreMeasured() {
		try (JarProcess functions = functions(null, Map.of())) {
			assertThat(functions.get(Routes.LIST).statusCode()).isEqualTo(200);
			assertThat(sum("jvm_memory_used_bytes", "jvm_memory_type=\"heap\"")).isBetween(1e6, 64.0 * 1024 * 1024);
			assertThat(sum("jvm_memory_used_bytes", "jvm_memory_type=\"non_heap\"")).isGreaterThan(1e6);
			Map<String, Long> logged = Pattern.compile("\"(jvm|context|database|port)\":(\\d+)")
				.matcher(functions.log())
				.results()
				.collect(Collectors.toMap((phase) -> phase.group(1), (phase) -> Long.parseLong(phase.group(2))));
			assertThat(logged).hasSize(4);
			logged.forEach((phase,
					milliseconds) -> assertThat(sum("process_start_duration_seconds", "phase=\"" + phase + "\""))
						.isEqualTo(milliseconds / 1000.0));
		}
	}

	private static JarProcess functions(@Nullable String function, Map<String, String> more) {
		Map<String, String> all = new HashMap<>(Map.of("OTEL_METRICS_EXPORTER", "prometheus", "OTEL_TRACES_EXPORTER",
				"none", "OTEL_EXPORTER_PROMETHEUS_PORT", Integer.toString(PORT)));
		all.putAll(more);
		return JarProcess.start(postgres.r2dbcUrl(), function, all);
	}

	private static String metrics() {
		return RunningFunctions
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + "/metrics")).build())
			.body();
	}

	/** Returns the sum of those series of a metric whose labels contain this text. */
	private static double sum(String name, String label) {
		return Pattern.compile("(?m)^" + name + "\\{([^}]*)} (\\S+)")
			.matcher(metrics())
			.results()
			.filter((series) -> series.group(1).contains(label))
			.map((MatchResult series) -> series.group(2))
			.mapToDouble(Double::parseDouble)
			.sum();
	}

}
