package dev.crud.knative;

import java.time.Duration;
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

	Cluster SERVING = new Cluster("knative-serving");

	@Test
	@Order(18)
	default void aRequestIsFollowedFromTheGatewayToItsStatement() {
		String trace = "4bf92f3577b34da600ce929d0e0e4736";
		try (TraceCollector collector = TraceCollector.start()) {
			Guide.run(Installation.APPLY_TELEMETRY);
			Guide.run(Installation.FOLLOWED);
			Guide.run("kubectl rollout restart deployment/activator -n knative-serving");
			SERVING.kubectl("rollout", "status", "deployment/activator", "--timeout=3m");
			Guide.run(Installation.RESTART);
			assertThat(Cluster.PASSENGERS.functions()
				.send("GET", "/getpassenger/01890000-0000-7000-8000-000000000000", "traceparent",
						"00-" + trace + "-00f067aa0ba902b7-01")
				.statusCode()).isEqualTo(404);
			List<Span> spans = Awaitility.await()
				.atMost(Duration.ofMinutes(2))
				.until(() -> collector.spans(trace), Observing::isWhole);
			System.out.println("spans: " + spans.stream().map(Span::getName).toList());
		}
		finally {
			SERVING.kubectl("patch", "configmap", "config-observability", "--type=merge", "--patch",
					"{\"data\":{\"tracing-protocol\":null,\"tracing-endpoint\":null,\"tracing-sampling-rate\":null}}");
			SERVING.kubectl("rollout", "restart", "deployment/activator");
			SERVING.kubectl("rollout", "status", "deployment/activator", "--timeout=3m");
		}
	}

	/**
	 * Returns whether the statement's span has arrived, and above it the function's and
	 * one of Knative's, below the client's.
	 */
	private static boolean isWhole(List<Span> spans) {
		Map<ByteString, Span> byId = spans.stream().collect(Collectors.toMap(Span::getSpanId, Function.identity()));
		return spans.stream().filter((span) -> span.getName().equals("SELECT")).anyMatch((statement) -> {
			Span function = byId.get(statement.getParentSpanId());
			return function != null && function.getName().equals("GET /getpassenger/{uuid}")
					&& byId.containsKey(function.getParentSpanId());
		});
	}

}
