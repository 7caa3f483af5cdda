package dev.crud.knative;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crud.Declaration;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@code install/monitoring.yaml} with a Prometheus that the Prometheus operator
 * runs, see {@code .github/e2e/monitoring}: under load each panel of the dashboard has
 * data, and each fault that is made here its alert.
 */
@ChangesTheCluster
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonitoringIT {

	private static final Cluster CLUSTER = Cluster.PASSENGERS;

	private static final Cluster PROMETHEUS = new Cluster("observability");

	/** A metric of Knative's that the guide names, as Prometheus calls it. */
	private static final Pattern NAMED = Pattern.compile("`(kn_[a-z_]+)`");

	private static final String POSTGRES = "statefulset/postgres";

	@BeforeAll
	static void install() {
		Installation.publish();
		Settings.KNATIVE.set("config-observability",
				Map.of("request-metrics-protocol", "prometheus", "metrics-protocol", "prometheus"));
		Cluster.KNATIVE.kubectl("rollout", "restart", "deployment/activator", "deployment/autoscaler");
		Installation.apply();
		Guide.run(Installation.APPLY_TELEMETRY);
		Guide.run("kubectl apply -f install/backup.yaml");
		CLUSTER.kubectlReading(Project.read("install/monitoring.yaml"), "apply", "--filename", "-");
		// One after the other: seven starts at once on few CPUs are slow enough for an
		// alert.
		Declaration.FUNCTIONS.all()
			.forEach((function) -> CLUSTER.kubectl("delete", "pods", "--selector",
					"serving.knative.dev/service=" + function.name()));
	}

	@Test
	@Order(1)
	void eachPanelHasDataAndWhatTheGuideNamesOfKnativesIsThere() {
		List<String> queries = new ArrayList<>();
		ConfigMap dashboard = Manifests.parse(Project.read("install/monitoring.yaml"))
			.stream()
			.filter(ConfigMap.class::isInstance)
			.map(ConfigMap.class::cast)
			.findFirst()
			.orElseThrow();
		JsonNode panels = json(Objects.requireNonNull(dashboard.getData().get("functions.json"))).get("panels");
		panels.forEach((panel) -> panel.get("targets")
			.forEach((target) -> queries.add(target.get("expr").asText().replace("$__rate_interval", "1m"))));
		assertThat(queries).hasSizeGreaterThan(10);
		List<String> named = NAMED.matcher(Project.read("install/README.md"))
			.results()
			.map((name) -> name.group(1))
			.toList();
		assertThat(named).hasSizeGreaterThan(5);
		queries.addAll(named);
		try (Load load = new Load(CLUSTER.functions(), CLUSTER.functions())) {
			Awaitility.await().atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofSeconds(5)).untilAsserted(() -> {
				// So that there are errors, too.
				CLUSTER.functions().send("GET", "/getpassenger/none");
				assertThat(queries).allSatisfy((query) -> assertThat(query(query)).as(query).isNotEmpty());
			});
			Policies.assertMetricsAreForTheObserver(9464, 9091);
			assertThat(load.failures()).isEmpty();
		}
		assertThat(firing()).isEmpty();
	}

	@Test
	@Order(2)
	void aFunctionThatFailsIsNamedAndNothingElse() {
		try (Load load = new Load(CLUSTER.functions(), CLUSTER.functions())) {
			CLUSTER.sql("REVOKE SELECT ON passengers FROM getpassenger");
			awaitAlert("FunctionsFail getpassenger");
			assertThat(firing()).containsExactly("FunctionsFail getpassenger");
			CLUSTER.sql("GRANT SELECT ON passengers TO getpassenger");
			awaitEnd("FunctionsFail");
			assertThat(firing()).isEmpty();
			System.out.println("Without its privilege: " + load);
		}
	}

	@Test
	@Order(3)
	void aTableThatIsLockedUsesUpTheConnections() throws InterruptedException {
		// As many as requests, they are never used up.
		CLUSTER.kn("service", "update", "postpassenger", "--env", "SPRING_R2DBC_POOL_MAX_SIZE=1");
		Http[] many = IntStream.range(0, 9).mapToObj((client) -> CLUSTER.functions()).toArray(Http[]::new);
		try (Load load = new Load(many)) {
			Thread lock = new Thread(() -> CLUSTER.sql("BEGIN; LOCK TABLE passengers; SELECT pg_sleep(150)"));
			lock.start();
			awaitAlert("FunctionsWaitForConnections postpassenger");
			lock.join(Duration.ofMinutes(3).toMillis());
			awaitEnd("FunctionsWaitForConnections");
			System.out.println("With a locked table: " + load);
		}
	}

	@Test
	@Order(4)
	void aTenthOfACpuMakesAStartSlow() {
		CLUSTER.kn("service", "update", "zero", "--limit", "cpu=100m", "--request", "cpu=50m");
		awaitAlert("FunctionsStartSlowly zero");
	}

	@Test
	@Order(5)
	void aDatabaseThatIsAwayIsSeenByEveryFunctionThatNeedsIt() {
		CLUSTER.kubectl("scale", POSTGRES, "--replicas=0");
		CLUSTER.kubectl("create", "job", "--from=cronjob/backup", "backup-without-postgres");
		try (Load load = new Load(CLUSTER.functions(), CLUSTER.functions())) {
			Declaration.FUNCTIONS.withDatabase()
				.forEach((function) -> awaitAlert("FunctionsHaveNoDatabase " + function.name()));
			awaitAlert("BackupFailed backup-without-postgres");
			System.out.println("Without Postgres: " + load);
		}
		CLUSTER.kubectl("scale", POSTGRES, "--replicas=1");
		awaitEnd("FunctionsHaveNoDatabase");
	}

	/** Waits for an alert, while each function is asked. */
	private static void awaitAlert(String alert) {
		long start = System.nanoTime();
		Http http = CLUSTER.functions();
		Awaitility.await().atMost(Duration.ofMinutes(8)).pollInterval(Duration.ofSeconds(5)).until(() -> {
			http.send("GET", "/passengerlist?limit=1");
			http.send("GET", "/getpassenger/" + Example.NOBODY);
			http.sendJson("PUT", "/putpassenger/" + Example.NOBODY, Example.JSON);
			http.send("DELETE", "/deletepassenger/" + Example.NOBODY);
			return firing().contains(alert);
		});
		System.out.printf("%s fires, seen after %.0f s of waiting, beside %s%n", alert,
				(System.nanoTime() - start) / 1e9, firing());
	}

	/**
	 * Waits until an alert fires for no function. Others may: on few CPUs, pods that
	 * Knative adds under load start slowly.
	 */
	private static void awaitEnd(String alert) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(6))
			.until(() -> firing().stream().noneMatch((firing) -> firing.startsWith(alert + " ")));
	}

	/** Returns the names of the alerts that fire, each with what it is about. */
	private static List<String> firing() {
		return query("ALERTS{alertstate=\"firing\"}").stream().map((series) -> series.get("metric")).map((labels) -> {
			JsonNode about = labels.has("function") ? labels.get("function") : labels.path("job_name");
			return labels.get("alertname").asText() + " " + about.asText();
		}).sorted().toList();
	}

	private static JsonNode json(String text) {
		return Serialization.unmarshal(text, JsonNode.class);
	}

	/** Asks Prometheus. Values that are not a number are left out. */
	private static List<JsonNode> query(String promQl) {
		String answer = PROMETHEUS.kubectl("get", "--raw",
				"/api/v1/namespaces/observability/services/prometheus-operated:9090/proxy/api/v1/query?query="
						+ URLEncoder.encode(promQl, UTF_8));
		JsonNode result = json(answer).get("data").get("result");
		return StreamSupport.stream(result.spliterator(), false)
			.filter((series) -> !"NaN".equals(series.get("value").get(1).asText()))
			.toList();
	}

}
