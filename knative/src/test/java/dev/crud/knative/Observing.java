package dev.crud.knative;

import java.time.Duration;
import java.util.List;

import io.opentelemetry.proto.trace.v1.Span;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what an operator sees.
 */
interface Observing {

	@Test
	@Order(18)
	default void aRequestIsFollowedFromTheGatewayToItsStatement() {
		String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
		try (TraceCollector collector = TraceCollector.start()) {
			Guide.run("kubectl apply -f install/telemetry.yaml");
			Guide.run(Installation.FOLLOWED);
			Guide.run("kubectl delete pods -n passengers -l app.kubernetes.io/component=function");
			assertThat(Cluster.PASSENGERS.functions()
				.send("GET", "/getpassenger/01890000-0000-7000-8000-000000000000", "traceparent",
						"00-" + trace + "-00f067aa0ba902b7-01")
				.statusCode()).isEqualTo(404);
			List<String> names = Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> collector.spans(trace).stream().map(Span::getName).toList(),
						(spans) -> spans.contains("GET /getpassenger/{uuid}") && spans.size() > 4);
			System.out.println("spans: " + names);
			assertThat(names).contains("wait for a connection", "SELECT");
			String pod = Cluster.PASSENGERS.pods("serving.knative.dev/service=getpassenger", ".status.podIP").get(0);
			assertThat(collector.read("http://" + pod + ":9090/metrics")).contains("# TYPE");
		}
	}

}
