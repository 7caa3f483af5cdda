package dev.crud.knative;

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
 * The local overlay on a cluster, where the guide does not say how.
 */
final class Installation {

	static final String APPLY = "kubectl apply -f install/passengers.yaml";

	static final String APPLY_SINGLE_HOST = "kubectl apply -f install/single-host.yaml";

	private static final String OVERLAY = "knative/overlays/local";

	private static final String POSTGRES = "app.kubernetes.io/name=postgres";

	private Installation() {
	}

	/** Puts what is to be applied where the guide has it. */
	static void publish() {
		Guide.write("install/passengers.yaml", Kustomize.render(Project.ROOT.resolve(OVERLAY)));
		Guide.write("install/single-host.yaml", Kustomize.render(Project.ROOT.resolve(OVERLAY + "/single-host")));
	}

	/** Applies it and waits. */
	static String apply() {
		String applied = Guide.run(APPLY);
		Guide.run("kubectl wait ksvc --all -n passengers --for=condition=Ready --timeout=10m");
		return applied;
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
		return Cluster.PASSENGERS.kubectl(arguments).lines().toList();
	}

	static Load load() {
		return new Load(Cluster.PASSENGERS.functions(), Cluster.PASSENGERS.functions(),
				Cluster.PASSENGERS.service("single-host"));
	}

	/** Deletes Postgres's pod and waits for the next. */
	static void deletePostgres(String... how) {
		String[] arguments = Stream.concat(Stream.of("delete", "pod", "postgres-0"), Stream.of(how))
			.toArray(String[]::new);
		Cluster.PASSENGERS.kubectl(arguments);
		Awaitility.await()
			.atMost(Duration.ofMinutes(3))
			.until(() -> Cluster.PASSENGERS.pods(POSTGRES, ".status.conditions[?(@.type==\"Ready\")].status")
				.equals(List.of("True")));
	}

	/** Sends requests to getpassenger, and looks in the logs for who answered. */
	static Map<String, Long> answersByRevision(int requests) {
		Http http = Cluster.PASSENGERS.functions();
		String trace = UUID.randomUUID().toString().replace("-", "");
		String path = "/getpassenger/" + UUID.randomUUID();
		IntStream.range(0, requests)
			.mapToObj((i) -> http.send("GET", path, "traceparent", "00-" + trace + "-00f067aa0ba902b7-01"))
			.forEach((response) -> assertThat(response.statusCode()).isEqualTo(404));
		return Cluster.PASSENGERS
			.pods("serving.knative.dev/service=getpassenger", ".metadata.labels.serving\\.knative\\.dev/revision")
			.stream()
			.distinct()
			.flatMap((revision) -> logs(revision).filter((line) -> line.contains(trace)).map((line) -> revision))
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
	}

	private static Stream<String> logs(String revision) {
		return Cluster.PASSENGERS
			.kubectl("logs", "--selector", "serving.knative.dev/revision=" + revision, "--container", "function",
					"--tail", "-1", "--ignore-errors")
			.lines();
	}

}
