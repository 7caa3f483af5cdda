package dev.passengers.knative;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The local overlay on a cluster, as a user handles it.
 */
final class Installation {

	static final Cluster CLUSTER = new Cluster("passengers");

	static final String OVERLAY = Project.ROOT.resolve("knative/overlays/local").toString();

	static final String SINGLE_HOST = OVERLAY + "/single-host";

	private static final String POSTGRES = "app.kubernetes.io/name=postgres";

	private Installation() {
	}

	/** Applies it and waits; what is applied breaks no rule of its namespace. */
	static void apply(String kustomization) {
		assertThat(CLUSTER.kubectl("apply", "--kustomize", kustomization)).doesNotContain("Warning");
		CLUSTER.awaitReady();
	}

	/** All that was asked for, which version of it, and who did it. */
	static List<String> state() {
		return Stream.of(
				get("services.serving.knative.dev,revisions.serving.knative.dev,statefulsets,jobs,networkpolicies",
						".metadata.generation"),
				get("namespaces,secrets,configmaps,serviceaccounts,roles,rolebindings", ".metadata.resourceVersion"),
				get("pods", ".status.startTime", "--selector", "app.kubernetes.io/component in (setup,database)"))
			.flatMap(List::stream)
			.toList();
	}

	/** A line for each resource: kind, name, uid and a field of it. */
	static List<String> get(String kinds, String field, String... more) {
		String[] arguments = Stream.concat(Stream.of("get", kinds, "--output",
				"jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.uid} {" + field + "}{\"\\n\"}{end}"),
				Stream.of(more))
			.toArray(String[]::new);
		return CLUSTER.kubectl(arguments).lines().toList();
	}

	static Load load() {
		return new Load(CLUSTER.functions(), CLUSTER.functions(), CLUSTER.service("single-host"));
	}

	/** Deletes Postgres's pod and waits for the next. */
	static void deletePostgres(String... how) {
		String[] arguments = Stream.concat(Stream.of("delete", "pod", "postgres-0"), Stream.of(how))
			.toArray(String[]::new);
		CLUSTER.kubectl(arguments);
		Awaitility.await()
			.atMost(Duration.ofMinutes(3))
			.until(() -> CLUSTER.pods(POSTGRES, ".status.conditions[?(@.type==\"Ready\")].status")
				.equals(List.of("True")));
	}

	/** Sends requests to getpassenger, and looks in the logs for who answered. */
	static Map<String, Long> answersByRevision(int requests) {
		Http http = CLUSTER.functions();
		String trace = UUID.randomUUID().toString().replace("-", "");
		String path = "/getpassenger/" + UUID.randomUUID();
		IntStream.range(0, requests)
			.mapToObj((i) -> http.send("GET", path, "traceparent", "00-" + trace + "-00f067aa0ba902b7-01"))
			.forEach((response) -> assertThat(response.statusCode()).isEqualTo(404));
		return CLUSTER
			.pods("serving.knative.dev/service=getpassenger", ".metadata.labels.serving\\.knative\\.dev/revision")
			.stream()
			.distinct()
			.flatMap((revision) -> logs(revision).filter((line) -> line.contains(trace)).map((line) -> revision))
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
	}

	private static Stream<String> logs(String revision) {
		return CLUSTER
			.kubectl("logs", "--selector", "serving.knative.dev/revision=" + revision, "--container", "function",
					"--tail", "-1", "--ignore-errors")
			.lines();
	}

}
