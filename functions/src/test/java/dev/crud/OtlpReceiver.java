package dev.crud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * Receives traces and metrics as OpenTelemetry's collector does (OTLP over HTTP).
 */
final class OtlpReceiver implements AutoCloseable {

	private final HttpServer server;

	private final List<Span> spans = new CopyOnWriteArrayList<>();

	private final List<Metric> metrics = new CopyOnWriteArrayList<>();

	private final List<KeyValue> resource = new CopyOnWriteArrayList<>();

	OtlpReceiver() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/v1/traces", (exchange) -> receive(exchange, this::traces));
		this.server.createContext("/v1/metrics", (exchange) -> receive(exchange, this::metrics));
		this.server.start();
	}

	private static void receive(HttpExchange exchange, Body body) throws IOException {
		try (exchange) {
			body.read(exchange.getRequestBody().readAllBytes());
			exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
			exchange.sendResponseHeaders(200, -1);
		}
	}

	private void traces(byte[] body) throws InvalidProtocolBufferException {
		ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach((spansOf) -> {
			this.resource.addAll(spansOf.getResource().getAttributesList());
			spansOf.getScopeSpansList().forEach((scope) -> this.spans.addAll(scope.getSpansList()));
		});
	}

	private void metrics(byte[] body) throws InvalidProtocolBufferException {
		ExportMetricsServiceRequest.parseFrom(body)
			.getResourceMetricsList()
			.forEach((metricsOf) -> metricsOf.getScopeMetricsList()
				.forEach((scope) -> this.metrics.addAll(scope.getMetricsList())));
	}

	String endpoint() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	List<Span> spans() {
		return this.spans;
	}

	List<Metric> metrics() {
		return this.metrics;
	}

	List<KeyValue> resource() {
		return this.resource;
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/** Reads the body of a request. */
	private interface Body {

		void read(byte[] body) throws IOException;

	}

}
