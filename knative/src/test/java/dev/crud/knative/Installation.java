package dev.crud.knative;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.crud.Declaration;
import dev.crud.function.FunctionDeclaration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Installs what is published on a cluster, and reads its state.
 */
final class Installation {

	static final String APPLY = "kubectl apply -f install/passengers.yaml";

	static final String APPLY_SINGLE_HOST = "kubectl apply -f install/single-host.yaml";

	static final String APPLY_TELEMETRY = "kubectl apply -f install/telemetry.yaml";

	/** Deletes the pods, which keep the environment that they started with. */
	static final String RESTART = "kubectl delete pods -n passengers -l app.kubernetes.io/component=function";

	static final String READY = "kubectl wait ksvc --all -n passengers --for=condition=Ready --timeout=10m";

	static final String SETUP_DONE = "kubectl wait jobs -n passengers -l app.kubernetes.io/component=setup "
			+ "--for=condition=Complete --timeout=10m";

	/** Makes Knative's own processes export their spans, too. */
	static final String FOLLOWED = "kubectl patch configmap config-observability -n knative-serving --type merge -p "
			+ "'{\"data\":{\"tracing-protocol\":\"http/protobuf\",\"tracing-endpoint\":"
			+ "\"http://collector.observability:4318/v1/traces\",\"tracing-sampling-rate\":\"0.1\"}}'";

	private static final String POSTGRES = "app.kubernetes.io/name=postgres";

	private Installation() {
	}

	/** Writes the published files where the guide's commands look for them. */
	static void publish() {
		Stream
			.of("install/passengers.yaml", "install/passengers-external.yaml", "install/single-host.yaml",
					"install/auth.yaml", "install/telemetry.yaml", "install/trial-token", "install/new-passwords",
					"install/backup.yaml")
			.forEach((file) -> Guide.write(file, Project.read(file)));
	}

	/**
	 * Makes Knative's activator reach pods by their addresses only. Otherwise it may
	 * begin to wait for a revision's Service instead, forever, when a pod took long to
	 * start: that adds about 0.9 s to each start, of whichever side it happened to.
	 */
	static void probePodsOnly() {
		Settings.KNATIVE.set("config-network", Map.of("mesh-compatibility-mode", "disabled"));
		Cluster.KNATIVE.restart("activator");
	}

	/** Applies the published file and waits until everything is ready. */
	static String apply() {
		String applied = Guide.run(APPLY);
		Guide.run(READY);
		return applied;
	}

	/** Applies another of the published files and waits until everything is ready. */
	static void apply(String file) {
		Cluster.PASSENGERS.kubectlReading(Project.read(file), "apply", "--filename", "-");
		Stream.of(SETUP_DONE, READY).forEach((wait) -> Command.run("", List.of(wait.split(" "))));
	}

	/**
	 * Returns all resources with their generations or versions, and the setup's and
	 * Postgres's pods with their start times.
	 */
	static List<String> state() {
		return Stream.of(
				get("services.serving.knative.dev,revisions.serving.knative.dev,statefulsets,jobs,networkpolicies",
						".metadata.generation"),
				get("namespaces,secrets,configmaps,serviceaccounts,roles,rolebindings", ".metadata.resourceVersion"),
				get("pods", ".status.startTime", "--selector", "app.kubernetes.io/component in (setup,database)"))
			.flatMap(List::stream)
			.toList();
	}

	/** Returns a line for each resource: its kind, name, uid and a field. */
	static List<String> get(String kinds, String field, String... more) {
		String[] arguments = Stream.concat(Stream.of("get", kinds, "--output",
				"jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.uid} {" + field + "}{\"\\n\"}{end}"),
				Stream.of(more))
			.toArray(String[]::new);
		return Cluster.PASSENGERS.kubectl(arguments).lines().toList();
	}

	/**
	 * Returns the images that the functions run, regardless of their names.
	 * @return the ids of the images, by function, of the pods of its newest revision
	 */
	static Map<String, List<String>> imageIds() {
		return Declaration.FUNCTIONS.all().stream().collect(Collectors.toMap(FunctionDeclaration::name, (function) -> {
			String newest = Cluster.PASSENGERS.kubectl("get", "ksvc", function.name(), "--output",
					"jsonpath={.status.latestReadyRevisionName}");
			return Cluster.PASSENGERS
				.pods("serving.knative.dev/revision=" + newest,
						".status.containerStatuses[?(@.name==\"function\")].imageID")
				.stream()
				.filter((id) -> !id.isEmpty())
				.distinct()
				.toList();
		}));
	}

	/** Removes the configured domains of the functions' URLs. */
	static void forgetDomains() {
		Map<String, @Nullable String> changes = new HashMap<>();
		Settings.KNATIVE.read("config-domain")
			.keySet()
			.stream()
			.filter((domain) -> !domain.startsWith("_"))
			.forEach((domain) -> changes.put(domain, null));
		Settings.KNATIVE.set("config-domain", changes);
	}

	/** Returns the domains of the Services' URLs. */
	static Set<String> domains() {
		return Cluster.PASSENGERS
			.kubectl("get", "ksvc", "--output", "jsonpath={range .items[*]}{.status.url}{\"\\n\"}{end}")
			.lines()
			.map((url) -> url.replaceFirst(".*\\.passengers\\.", ""))
			.collect(Collectors.toSet());
	}

	/** Waits until the Services' URLs have these domains. */
	static void awaitDomains(Set<String> domains) {
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> domains().equals(domains));
		Guide.run(READY);
	}

	/**
	 * Returns how often the containers of each pod that answers requests were restarted.
	 */
	static List<String> restarts() {
		return Cluster.PASSENGERS.pods("app.kubernetes.io/component in (function,single-host)",
				".status.containerStatuses[*].restartCount");
	}

	/**
	 * Returns the volumes of Postgres, each with its name, its reclaim policy and its
	 * phase.
	 */
	static List<String> volumes() {
		return Cluster.PASSENGERS
			.kubectl("get", "persistentvolumes", "--output",
					"jsonpath={range .items[?(@.spec.claimRef.namespace==\"passengers\")]}"
							+ "{.metadata.name} {.spec.persistentVolumeReclaimPolicy} {.status.phase}{\"\\n\"}{end}")
			.lines()
			.toList();
	}

	static Load load() {
		return new Load(Cluster.PASSENGERS.functions(), Cluster.PASSENGERS.functions(),
				Cluster.PASSENGERS.service("single-host"));
	}

	/** Gives all functions new passwords, which costs next to nothing. */
	static void replacePasswords(Load load) {
		Map<String, String> before = passwords();
		load.goOn(50);
		Guide.run("install/new-passwords");
		load.goOn(50);
		System.out.println("New passwords: " + load);
		// A pod that starts slowly may answer once that its database is away.
		assertThat(load.failures()).hasSizeLessThan(load.requests() / 100)
			.allMatch((failure) -> failure.status() == 503);
		load.assertNothingIsLost(Cluster.PASSENGERS.functions());
		Map<String, String> after = passwords();
		assertThat(after).hasSameSizeAs(before).doesNotContainValue("");
		before.forEach((secret, password) -> assertThat(after.get(secret)).as(secret).isNotEqualTo(password));
	}

	private static Map<String, String> passwords() {
		return Cluster.PASSENGERS
			.kubectl("get", "secrets", "--selector", "app.kubernetes.io/component=credentials", "--output",
					"jsonpath={range .items[*]}{.metadata.name} {.data.password}{\"\\n\"}{end}")
			.lines()
			.map((line) -> line.split(" ", -1))
			.collect(Collectors.toMap((line) -> line[0], (line) -> line[1]));
	}

	/** Deletes Postgres's pod and waits for the next one. */
	static void deletePostgres(String... how) {
		String[] arguments = Stream.concat(Stream.of("delete", "pod", "postgres-0"), Stream.of(how))
			.toArray(String[]::new);
		Cluster.PASSENGERS.kubectl(arguments);
		Awaitility.await()
			.atMost(Duration.ofMinutes(3))
			.until(() -> Cluster.PASSENGERS.pods(POSTGRES, ".status.conditions[?(@.type==\"Ready\")].status")
				.equals(List.of("True")));
	}

	/** Sends requests to getpassenger, and finds in the logs which revision answered. */
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
