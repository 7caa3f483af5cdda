package dev.crud.knative;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the NetworkPolicies keep visitors from. Each time another visitor gets
 * through, which shows that it is the policy that stops the first one.
 *
 * @param function a visitor that looks like a function
 * @param neighbour a visitor in the same namespace that does not
 * @param stranger a visitor in a namespace without policies
 */
record Policies(Visitor function, Visitor neighbour, Visitor stranger) implements AutoCloseable {

	private static final String POSTGRES = "postgres.passengers.svc.cluster.local";

	private static final String API = "kubernetes.default.svc.cluster.local";

	private static final String GATEWAY = "kourier-internal.kourier-system.svc.cluster.local";

	/** The port of the queue-proxy. */
	private static final int PORT = 8012;

	static Policies visit() {
		return new Policies(Visitor.start(Cluster.PASSENGERS, "visitor", "function"),
				Visitor.start(Cluster.PASSENGERS, "neighbour", "neighbour"),
				Visitor.start(Cluster.OTHER, "stranger", "stranger"));
	}

	void assertPostgresIsForFunctions() {
		assertThat(this.function.reaches(POSTGRES, 5432)).isTrue();
		assertThat(this.neighbour.resolves(POSTGRES)).isTrue();
		this.neighbour.awaitShut(POSTGRES, 5432);
		this.stranger.awaitShut(POSTGRES, 5432);
	}

	void assertAFunctionGetsNowhereElse(String otherPod) {
		assertThat(this.function.resolves(POSTGRES)).isTrue();
		assertThat(this.stranger.reaches(API, 443)).isTrue();
		this.function.awaitShut(API, 443);
		assertThat(this.stranger.reaches(GATEWAY, 80)).isTrue();
		this.function.awaitShut(GATEWAY, 80);
		assertThat(this.stranger.reaches(otherPod, PORT)).isTrue();
		this.function.awaitShut(otherPod, PORT);
	}

	void assertNobodyGetsToAFunctionButKnative(String functionPod) {
		this.stranger.awaitShut(functionPod, PORT);
		this.stranger.awaitShut(functionPod, 8080);
		this.function.awaitShut(functionPod, PORT);
	}

	/**
	 * Tests the policy of {@code install/telemetry.yaml}.
	 * @param ports those at which a pod of getpassenger that is running offers metrics
	 */
	static void assertMetricsAreForTheObserver(int... ports) {
		String pod = Cluster.PASSENGERS.pods("serving.knative.dev/service=getpassenger", ".status.podIP").get(0);
		try (Visitor observer = Visitor.start(new Cluster("observability"), "observer", "observer");
				Visitor stranger = Visitor.start(Cluster.OTHER, "stranger", "stranger")) {
			for (int port : ports) {
				assertThat(observer.reaches(pod, port)).as("port " + port).isTrue();
				stranger.awaitShut(pod, port);
			}
		}
	}

	@Override
	public void close() {
		this.function.close();
		this.neighbour.close();
		this.stranger.close();
	}

}
