package dev.crud;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.crud.table.FilterKind;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.r2dbc.spi.R2dbcTimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests traces and metrics of a process, with a receiver that speaks OTLP.
 */
@SuppressWarnings("NullAway.Init")
class TelemetryIT {

	private static final Duration WAIT = Duration.ofSeconds(20);

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String CLIENT_SPAN = "00f067aa0ba902b7";

	private static LocalPostgres postgres;

	@TempDir
	Path directory;

	@BeforeAll
	static void start() {
		postgres = LocalPostgres.start(Stored.insert(2500));
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	@Test
	@DisplayName("a request is a span of the client's trace, its wait for a connection and its statement are spans below it")
	void requestIsOneTrace() {
		try (OtlpReceiver receiver = new OtlpReceiver(); JarProcess functions = functions(receiver)) {
			assertThat(traced(functions, Routes.GET + Routes.NOBODY)).isEqualTo(404);
			List<Span> spans = trace(receiver, 3);
			Span request = root(spans);
			assertThat(request.getName()).isEqualTo("GET " + Routes.GET + "{uuid}");
			assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
			assertThat(hex(request.getParentSpanId().toByteArray())).isEqualTo(CLIENT_SPAN);
			assertThat(request.getTraceState()).isEqualTo("vendor=1");
			assertThat(attributes(request)).containsEntry("http.request.method", "GET")
				.containsEntry("http.route", Routes.GET + "{uuid}")
				.containsEntry("url.path", Routes.GET + Routes.NOBODY)
				.containsEntry("http.response.status_code", "404")
				.doesNotContainKey("error.type");
			List<Span> below = spans.stream().filter((span) -> !span.equals(request)).toList();
			assertThat(below).allSatisfy((span) -> {
				assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId());
				assertThat(span.getStartTimeUnixNano()).isGreaterThanOrEqualTo(request.getStartTimeUnixNano());
				assertThat(span.getEndTimeUnixNano()).isLessThanOrEqualTo(request.getEndTimeUnixNano());
			});
			assertThat(below).extracting(Span::getName).containsExactlyInAnyOrder("wait for a connection", "SELECT");
			assertThat(attributes(named(spans, "SELECT"))).containsEntry("db.system.name", "postgresql")
				.containsEntry("db.namespace", Declaration.FUNCTIONS.database())
				.containsEntry("server.port", Integer.toString(postgres.port()))
				.containsEntry("db.operation.name", "SELECT")
				.hasEntrySatisfying("db.query.text",
						(sql) -> assertThat(sql).contains("$1").doesNotContain(Routes.NOBODY));
			assertThat(functions.log()).contains("\"trace_id\":\"" + TRACE + "\"",
					"\"span_id\":\"" + hex(request.getSpanId().toByteArray()) + "\"", "\"tracestate\":\"vendor=1\"");
			assertThat(receiver.resource()).extracting(KeyValue::getKey)
				.contains("service.name", "service.instance.id", "deployment.environment.name");
		}
	}

	@Test
	@DisplayName("requests that share a statement are a trace each, and the statement is measured once")
	void sharedStatementIsASpanOfEachRequest() throws InterruptedException {
		ExecutorService clients = Executors.newFixedThreadPool(20);
		try (OtlpReceiver receiver = new OtlpReceiver(); JarProcess functions = functions(receiver)) {
			assertThat(functions.get(Routes.GET + Routes.NOBODY).statusCode()).isEqualTo(404);
			postgres.freeze(true);
			for (int i = 0; i < 20; i++) {
				clients.execute(() -> traced(functions, Routes.GET + Routes.NOBODY));
			}
			Thread.sleep(200);
			postgres.freeze(false);
			assertThat(names(trace(receiver, 60))).containsOnly("GET " + Routes.GET + "{uuid}", "wait for a connection",
					"SELECT");
			functions.terminate();
			assertThat(functions.exitStatus(Duration.ofSeconds(10))).isZero();
			assertThat(metric(receiver, "db.client.operation.duration").getHistogram().getDataPointsList())
				.singleElement()
				.satisfies((measured) -> assertThat(measured.getCount()).isBetween(2L, 20L));
		}
		finally {
			postgres.freeze(false);
			clients.shutdown();
		}
	}

	@Test
	@DisplayName("a list that needs a cursor, an upload and a request without a trace are traces, too")
	void everyStatementIsASpan() {
		try (OtlpReceiver receiver = new OtlpReceiver(); JarProcess functions = functions(receiver)) {
			assertThat(traced(functions, Routes.LIST)).isEqualTo(200);
			assertThat(names(trace(receiver, 11))).containsExactlyInAnyOrder("GET " + Routes.LIST,
					"wait for a connection", "SELECT", "wait for a connection", "wait for a connection", "BEGIN",
					"DECLARE", "FETCH", "FETCH", "FETCH", "ROLLBACK");
		}
		try (OtlpReceiver receiver = new OtlpReceiver(); JarProcess functions = functions(receiver)) {
			assertThat(RunningFunctions
				.send(HttpRequest.newBuilder(functions.uri(Routes.POST))
					.header("Content-Type", "application/x-ndjson")
					.POST(HttpRequest.BodyPublishers.ofString(Body.example() + "\n"))
					.build())
				.statusCode()).isEqualTo(201);
			Awaitility.await().atMost(WAIT).until(() -> names(receiver.spans()).contains("POST " + Routes.POST));
			String trace = hex(named(receiver.spans(), "POST " + Routes.POST).getTraceId().toByteArray());
			assertThat(names(of(receiver, trace))).containsExactlyInAnyOrder("POST " + Routes.POST,
					"wait for a connection", "wait for a connection", "BEGIN", "INSERT", "COMMIT");
			assertThat(RunningFunctions
				.send(HttpRequest.newBuilder(functions.uri(Routes.POST))
					.header("Content-Type", "application/json")
					.header("traceparent", traceparent("01"))
					.POST(HttpRequest.BodyPublishers.ofString(Body.example().toString()))
					.build())
				.statusCode()).isEqualTo(201);
			assertThat(names(trace(receiver, 3))).containsExactlyInAnyOrder("POST " + Routes.POST,
					"wait for a connection", "INSERT");
		}
	}

	@Test
	@DisplayName("a failure is an error of its span, with its cause's type, and its log line names the trace")
	void failureIsAnError() {
		try (OtlpReceiver receiver = new OtlpReceiver();
				JarProcess functions = JarProcess.start("r2dbc:postgresql://localhost:1/nowhere", null,
						Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint()))) {
			assertThat(functions.get(Routes.LIST).statusCode()).isEqualTo(503);
			Awaitility.await().atMost(WAIT).until(() -> names(receiver.spans()).contains("GET " + Routes.LIST));
			Span request = named(receiver.spans(), "GET " + Routes.LIST);
			assertThat(request.getStatus().getCodeValue()).isEqualTo(2);
			assertThat(attributes(request)).containsEntry("error.type", "503");
			assertThat(functions.log()).contains("\"message\":\"unavailable\"",
					"\"trace_id\":\"" + hex(request.getTraceId().toByteArray()) + "\"");
		}
	}

	@Test
	@DisplayName("a database that accepts connections and says nothing is not a pool that is too small")
	void frozenDatabaseIsNoSmallPool() {
		postgres.freeze(true);
		try (OtlpReceiver receiver = new OtlpReceiver(); JarProcess functions = functions(receiver)) {
			assertThat(traced(functions, Routes.GET + Routes.NOBODY)).isEqualTo(503);
			assertThat(attributes(named(trace(receiver, 2), "wait for a connection"))).containsEntry("error.type",
					R2dbcTimeoutException.class.getName());
		}
		finally {
			postgres.freeze(false);
		}
	}

	@Test
	@DisplayName("metrics are exported when the process stops, at the latest")
	void metricsAreExported() {
		try (OtlpReceiver receiver = new OtlpReceiver(); JarProcess functions = functions(receiver)) {
			assertThat(functions.get(Routes.LIST).statusCode()).isEqualTo(200);
			assertThat(functions.get(Routes.GET + Routes.NOBODY).statusCode()).isEqualTo(404);
			functions.terminate();
			assertThat(functions.exitStatus(Duration.ofSeconds(10))).isZero();
			assertThat(receiver.metrics()).extracting(Metric::getName)
				.contains("http.server.request.duration", "db.client.operation.duration",
						"db.client.response.returned_rows", "db.client.connection.wait_time",
						"db.client.connection.count", "db.client.connection.max",
						"db.client.connection.pending_requests", "jvm.memory.used", "process.start.duration");
			Metric requests = metric(receiver, "http.server.request.duration");
			assertThat(requests.getUnit()).isEqualTo("s");
			assertThat(requests.getHistogram()
				.getDataPointsList()
				.stream()
				.map((point) -> text(point.getAttributesList())))
				.contains("http.request.method=GET http.response.status_code=404 http.route=" + Routes.GET
						+ "{uuid} url.scheme=http");
			assertThat(metric(receiver, "db.client.response.returned_rows").getHistogram()
				.getDataPointsList()
				.stream()
				.filter((point) -> text(point.getAttributesList()).contains("db.operation.name=FETCH"))
				.mapToDouble((point) -> point.getSum())
				.sum()).isGreaterThanOrEqualTo(2500);
			assertThat(metric(receiver, "process.start.duration").getGauge()
				.getDataPointsList()
				.stream()
				.map((point) -> text(point.getAttributesList())))
				.containsExactlyInAnyOrder("phase=jvm", "phase=context", "phase=database", "phase=port");
		}
	}

	@Test
	@DisplayName("a request that its client does not sample has no spans, and is measured all the same")
	void unsampledRequestIsMeasured() {
		try (OtlpReceiver receiver = new OtlpReceiver(); JarProcess functions = functions(receiver)) {
			assertThat(traced(functions, Routes.GET + Routes.NOBODY, "00")).isEqualTo(404);
			functions.terminate();
			assertThat(functions.exitStatus(Duration.ofSeconds(10))).isZero();
			assertThat(receiver.metrics()).extracting(Metric::getName)
				.contains("http.server.request.duration", "db.client.operation.duration",
						"db.client.response.returned_rows", "db.client.connection.wait_time");
			assertThat(of(receiver, TRACE)).isEmpty();
		}
	}

	@Test
	@DisplayName("statements are exported without the values of requests")
	void statementsHaveNoValues() {
		String values = Body.example().toString();
		Stream<String> filters = Declaration.TABLE.filters()
			.stream()
			.filter((filter) -> filter.kind() == FilterKind.EQUAL)
			.map((filter) -> filter.parameter() + "="
					+ URLEncoder.encode(Body.example().text(filter.column()), StandardCharsets.UTF_8));
		List<String> texts = Body.example().fields().values().stream().filter((json) -> json.startsWith("\"")).toList();
		try (OtlpReceiver receiver = new OtlpReceiver(); JarProcess functions = functions(receiver)) {
			String list = Routes.LIST + filters.collect(Collectors.joining("&", "?after=" + Routes.NOBODY + "&", ""));
			assertThat(send(functions, "GET", list, "")).isEqualTo(200);
			assertThat(send(functions, "GET", Routes.GET + Routes.NOBODY, "")).isEqualTo(404);
			assertThat(send(functions, "POST", Routes.POST, values)).isEqualTo(201);
			assertThat(send(functions, "PUT", Routes.PUT + Routes.NOBODY, values)).isEqualTo(404);
			assertThat(send(functions, "DELETE", Routes.DELETE + Routes.NOBODY, "")).isEqualTo(404);
			Awaitility.await()
				.atMost(WAIT)
				.until(() -> names(receiver.spans()).stream().filter((name) -> name.contains(" /")).count() == 5);
			List<String> statements = receiver.spans()
				.stream()
				.flatMap((span) -> Stream.ofNullable(attributes(span).get("db.query.text")))
				.toList();
			assertThat(statements).filteredOn((sql) -> sql.contains("$1")).hasSizeGreaterThanOrEqualTo(5);
			assertThat(statements).noneMatch((sql) -> sql.contains(Routes.NOBODY))
				.noneMatch((sql) -> texts.stream().anyMatch((text) -> sql.contains(Body.parse(text).asString())));
		}
	}

	@Test
	@DisplayName("the standard variables name the service and say which traces are kept; those of the client are")
	void variablesSampleAndName() {
		try (OtlpReceiver receiver = new OtlpReceiver();
				JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), null,
						Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint(), "OTEL_TRACES_SAMPLER",
								"parentbased_traceidratio", "OTEL_TRACES_SAMPLER_ARG", "0", "OTEL_SERVICE_NAME",
								"named"))) {
			assertThat(functions.get(Routes.GET + Routes.NOBODY).statusCode()).isEqualTo(404);
			assertThat(traced(functions, Routes.GET + Routes.NOBODY)).isEqualTo(404);
			functions.terminate();
			assertThat(functions.exitStatus(Duration.ofSeconds(10))).isZero();
			assertThat(receiver.spans()).hasSize(3).hasSameElementsAs(of(receiver, TRACE));
			assertThat(receiver.resource()).filteredOn((one) -> one.getKey().equals("service.name"))
				.isNotEmpty()
				.allMatch((one) -> value(one).equals("named"));
		}
	}

	@Test
	@DisplayName("OTEL_SDK_DISABLED turns off what the other variables turn on")
	void disabledIsOff() {
		try (OtlpReceiver receiver = new OtlpReceiver();
				JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), null,
						Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint(), "OTEL_SDK_DISABLED", "true"))) {
			assertThat(traced(functions, Routes.GET + Routes.NOBODY)).isEqualTo(404);
			functions.terminate();
			assertThat(functions.exitStatus(Duration.ofSeconds(10))).isZero();
			assertThat(receiver.resource()).isEmpty();
			assertThat(receiver.metrics()).isEmpty();
		}
	}

	@Test
	@DisplayName("without a receiver requests are answered, and the process stops in time")
	void receiverMayBeAway() {
		try (JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), null,
				Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:1"))) {
			assertThat(functions.get(Routes.GET + Routes.NOBODY).statusCode()).isEqualTo(404);
			long asked = System.nanoTime();
			functions.terminate();
			assertThat(functions.exitStatus(Duration.ofSeconds(10))).isZero();
			assertThat(System.nanoTime() - asked).isLessThan(TimeUnit.SECONDS.toNanos(5));
		}
	}

	@Test
	@DisplayName("without a variable nothing of OpenTelemetry is loaded, and the start is told in one line")
	void nothingIsLoadedWhenOff() throws IOException {
		Path classes = this.directory.resolve("classes");
		try (JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), null,
				Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes))) {
			assertThat(functions.get(Routes.LIST).statusCode()).isEqualTo(200);
			assertThat(Files.readString(classes)).contains("dev.crud.telemetry.StartUp")
				.doesNotContain("io.opentelemetry", "io.prometheus", "org.jose4j");
			assertThat(functions.log().lines().filter((line) -> line.contains("\"message\":\"started\"")))
				.singleElement()
				.asString()
				.containsPattern("\"milliseconds\":\\d+,\"jvm\":\\d+,\"context\":\\d+,\"database\":\\d+,\"port\":\\d+");
		}
	}

	@Test
	@DisplayName("a setting says which log lines are written")
	void levelIsASetting() {
		try (JarProcess functions = JarProcess.start(postgres.r2dbcUrl(), null, Map.of("LOGGING_LEVEL_ROOT", "warn"))) {
			assertThat(functions.get(Routes.LIST).statusCode()).isEqualTo(200);
			assertThat(functions.log()).doesNotContain("\"level\":\"INFO\"");
		}
	}

	@Test
	@DisplayName("a wrong variable ends the process with a line that names it")
	void wrongVariableIsNamed() throws Exception {
		assertThat(BadSettingsIT.assertEnds("OTEL_METRICS_EXPORTER", "nosuch")).contains("otel.metrics.exporter",
				"nosuch");
		assertThat(BadSettingsIT.assertEnds("OTEL_EXPORTER_OTLP_ENDPOINT", "nosuch")).contains("nosuch");
	}

	private static JarProcess functions(OtlpReceiver receiver) {
		return JarProcess.start(postgres.r2dbcUrl(), null, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint(),
				"OTEL_BSP_SCHEDULE_DELAY", "100", "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"));
	}

	private static int traced(JarProcess functions, String target) {
		return traced(functions, target, "01");
	}

	private static int traced(JarProcess functions, String target, String flags) {
		return RunningFunctions
			.send(HttpRequest.newBuilder(functions.uri(target))
				.header("traceparent", traceparent(flags))
				.header("tracestate", "vendor=1")
				.build())
			.statusCode();
	}

	private static int send(JarProcess functions, String method, String target, String body) {
		return RunningFunctions
			.send(HttpRequest.newBuilder(functions.uri(target))
				.header("Content-Type", "application/json")
				.method(method, HttpRequest.BodyPublishers.ofString(body))
				.build())
			.statusCode();
	}

	private static String traceparent(String flags) {
		return "00-" + TRACE + "-" + CLIENT_SPAN + "-" + flags;
	}

	private static List<Span> trace(OtlpReceiver receiver, int spans) {
		Awaitility.await().atMost(WAIT).untilAsserted(() -> assertThat(names(of(receiver, TRACE))).hasSize(spans));
		return of(receiver, TRACE);
	}

	private static List<Span> of(OtlpReceiver receiver, String trace) {
		return receiver.spans().stream().filter((span) -> hex(span.getTraceId().toByteArray()).equals(trace)).toList();
	}

	private static Span root(List<Span> spans) {
		return spans.stream()
			.filter((span) -> hex(span.getParentSpanId().toByteArray()).equals(CLIENT_SPAN))
			.findFirst()
			.orElseThrow();
	}

	private static Span named(List<Span> spans, String name) {
		return spans.stream().filter((span) -> span.getName().equals(name)).findFirst().orElseThrow();
	}

	private static List<String> names(List<Span> spans) {
		return spans.stream().map(Span::getName).toList();
	}

	private static Metric metric(OtlpReceiver receiver, String name) {
		return receiver.metrics().stream().filter((metric) -> metric.getName().equals(name)).findFirst().orElseThrow();
	}

	private static Map<String, String> attributes(Span span) {
		return span.getAttributesList().stream().collect(Collectors.toMap(KeyValue::getKey, TelemetryIT::value));
	}

	private static String text(List<KeyValue> attributes) {
		Stream<String> all = attributes.stream().map((one) -> one.getKey() + "=" + value(one));
		return all.sorted().collect(Collectors.joining(" "));
	}

	private static String value(KeyValue attribute) {
		return attribute.getValue().hasStringValue() ? attribute.getValue().getStringValue()
				: Long.toString(attribute.getValue().getIntValue());
	}

	private static String hex(byte[] id) {
		return HexFormat.of().formatHex(id);
	}

}
