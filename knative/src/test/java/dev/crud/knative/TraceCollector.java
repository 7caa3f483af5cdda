package dev.crud.knative;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * Runs a {@link Collector} where the published policy lets traces go, and reads them.
 */
final class TraceCollector implements AutoCloseable {

	private static final Cluster CLUSTER = new Cluster("observability");

	private static final String TRACES = "/v1/traces ";

	private static final String RESOURCES = """
			apiVersion: v1
			kind: Namespace
			metadata: {name: observability}
			---
			apiVersion: v1
			kind: ConfigMap
			metadata: {name: collector, namespace: observability}
			binaryData: {class: %s}
			---
			apiVersion: v1
			kind: Service
			metadata: {name: collector, namespace: observability}
			spec: {selector: {app: collector}, ports: [{port: 4318}]}
			---
			apiVersion: v1
			kind: Pod
			metadata: {name: collector, namespace: observability, labels: {app: collector}}
			spec:
			  containers:
			    - name: collector
			      image: %s
			      imagePullPolicy: IfNotPresent
			      command: [/java/25/bin/java, -cp, /collector, dev.crud.knative.Collector]
			      resources: {requests: {cpu: 10m, memory: 64Mi}}
			      volumeMounts: [{name: collector, mountPath: /collector}]
			  volumes:
			    - name: collector
			      configMap: {name: collector, items: [{key: class, path: dev/crud/knative/Collector.class}]}
			""";

	static TraceCollector start() {
		CLUSTER.kubectlReading(RESOURCES.formatted(program(), Images.FUNCTIONS), "apply", "--filename", "-");
		CLUSTER.kubectl("wait", "pod/collector", "--for=condition=Ready", "--timeout=2m");
		return new TraceCollector();
	}

	private static String program() {
		try (InputStream program = Objects.requireNonNull(Collector.class.getResourceAsStream("Collector.class"))) {
			return Base64.getEncoder().encodeToString(program.readAllBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the spans of a trace that have arrived.
	 * @param trace the trace's identifier, in hexadecimal digits
	 * @return the spans
	 */
	List<Span> spans(String trace) {
		return CLUSTER.kubectl("logs", "collector")
			.lines()
			.filter((line) -> line.startsWith(TRACES))
			.flatMap((line) -> parse(line.substring(TRACES.length())))
			.filter((span) -> HexFormat.of().formatHex(span.getTraceId().toByteArray()).equals(trace))
			.toList();
	}

	private static Stream<Span> parse(String base64) {
		try {
			return ExportTraceServiceRequest.parseFrom(Base64.getDecoder().decode(base64))
				.getResourceSpansList()
				.stream()
				.flatMap((spans) -> spans.getScopeSpansList().stream())
				.flatMap((spans) -> spans.getSpansList().stream());
		}
		catch (InvalidProtocolBufferException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		CLUSTER.kubectl("delete", "namespace", "observability", "--wait=false");
	}

}
