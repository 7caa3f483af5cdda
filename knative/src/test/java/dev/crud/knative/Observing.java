package dev.crud.knative;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what an operator sees.
 */
interface Observing {

	/** The span of the client. */
	String CLIENT = "00f067aa0ba902b7";

	@Test
	@Order(18)
	default void aRequestIsFollowedFromTheGatewayToItsStatement() {
		String trace = "4bf92f3577b34da600ce929d0e0e4736";
		try (TraceCollector collector = TraceCollector.start()) {
			Guide.run(Installation.APPLY_TELEMETRY);
			Guide.run(Installation.FOLLOWED);
			Guide.run("kubectl rollout restart deployment/activator -n knative-serving");
			Cluster.KNATIVE.awaitRestart("activator");
			Guide.run(Installation.RESTART);
			assertThat(Cluster.PASSENGERS.functions()
				.send("GET", "/getpassenger/" + Example.NOBODY, "traceparent", "00-" + trace + "-" + CLIENT + "-01")
				.statusCode()).isEqualTo(404);
			List<Span> spans = Awaitility.await()
				.atMost(Duration.ofMinutes(2))
				.until(() -> collector.spans(trace), (arrived) -> path(arrived).size() > 2);
			System.out.println("From the statement to the gateway: " + path(spans));
			assertThat(path(spans)).startsWith("SELECT", "GET /getpassenger/{uuid}");
			Policies.assertMetricsAreForTheObserver(9464);
		}
		finally {
			Cluster.KNATIVE.kubectl("patch", "configmap", "config-observability", "--type=merge", "--patch",
					"{\"data\":{\"tracing-protocol\":null,\"tracing-endpoint\":null,\"tracing-sampling-rate\":null}}");
			Cluster.KNATIVE.restart("activator");
		}
	}

	/**
	 * Returns the names of the spans from the statement's up to the one that the client's
	 * span is the parent of; none as long as one between them is missing.
	 */
	private static List<String> path(List<Span> spans) {
		Map<String, Span> byId = spans.stream()
			.collect(Collectors.toMap((span) -> hex(span.getSpanId()), Function.identity()));
		List<String> path = new ArrayList<>();
		Span next = spans.stream().filter((span) -> span.getName().equals("SELECT")).findFirst().orElse(null);
		while (next != null) {
			path.add(next.getName());
			String parent = hex(next.getParentSpanId());
			if (parent.equals(CLIENT)) {
				return path;
			}
			next = byId.get(parent);
		}
		return List.of();
	}

	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

}
