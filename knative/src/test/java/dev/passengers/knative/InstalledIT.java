package dev.passengers.knative;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real, empty cluster, in the order in which a user comes to do these things.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstalledIT {

	private static final Cluster CLUSTER = Installation.CLUSTER;

	private static final Cluster OTHER = new Cluster("default");

	@BeforeAll
	static void findAnEmptyClusterAndLetItScaleDownSooner() {
		Cluster.isNeeded();
		assertThat(CLUSTER.kubectl("get", "namespace", "passengers", "--ignore-not-found"))
			.as("what is there would be deleted")
			.isEmpty();
		setAutoscaler("\"6s\"");
	}

	@Test
	@Order(1)
	void oneApplyBringsUpSevenFunctions() {
		long start = System.nanoTime();
		Installation.apply(Installation.OVERLAY);
		System.out.printf("From kubectl apply to seven ready Services: %.0f s%n", (System.nanoTime() - start) / 1e9);
		String list = CLUSTER.kn("service", "list");
		System.out.println(list);
		assertThat(list.lines().skip(1)).hasSize(Functions.ALL.size()).allMatch((line) -> line.matches(".* True *"));
	}

	@Test
	@Order(2)
	void eachFunctionAnswersAtItsOwnUrl() {
		Http http = CLUSTER.functions();
		assertThat(http.send("GET", "/hello").body()).isEqualTo("{\"message\":\"ok\"}");
		assertThat(http.send("GET", "/zero").body()).isEqualTo("{\"0\":\"\"}");
		http.takeRoundTrip();
		Http hello = CLUSTER.service("hello");
		assertThat(hello.send("GET", "/").body()).isEqualTo("{\"message\":\"ok\"}");
		assertThat(hello.send("GET", "/passengerlist").statusCode()).isEqualTo(404);
	}

	@Test
	@Order(3)
	void allFunctionsAnswerAtTheSingleHost() {
		Installation.apply(Installation.SINGLE_HOST);
		Http http = CLUSTER.service("single-host");
		assertThat(http.send("GET", "/hello").body()).isEqualTo("{\"message\":\"ok\"}");
		assertThat(http.send("GET", "/zero").body()).isEqualTo("{\"0\":\"\"}");
		http.takeRoundTrip();
	}

	@Test
	@Order(4)
	void theSameYamlAppliedAgainChangesNothing() {
		List<String> before = Installation.state();
		Installation.apply(Installation.OVERLAY);
		Installation.apply(Installation.SINGLE_HOST);
		assertThat(Installation.state()).isEqualTo(before).hasSizeGreaterThan(30);
	}

	@Test
	@Order(5)
	void eachGoesToZeroAndComesBack() {
		ColdStarts coldStarts = new ColdStarts(CLUSTER, OTHER);
		for (int round = 0; round < 3; round++) {
			coldStarts.measure();
		}
		System.out.println(coldStarts);
	}

	@Test
	@Order(6)
	void twoHundredAtOnceFindTheFunctionAtZeroAndNoneFails() {
		PassengerFunction get = Functions.ALL.stream()
			.filter((function) -> "getpassenger".equals(function.name()))
			.findFirst()
			.orElseThrow();
		String path = CLUSTER.functions()
			.sendPassenger("POST", "/postpassenger", Http.PASSENGER)
			.headers()
			.firstValue("Location")
			.orElseThrow();
		CLUSTER.awaitZero("serving.knative.dev/service=getpassenger");
		Burst burst = Burst.send(200, CLUSTER, "getpassenger", path);
		System.out.printf("200 requests at once: %d instances, %d connections%n", burst.instances(),
				burst.connections());
		assertThat(burst.statuses()).hasSize(200).containsOnly(200);
		assertThat(burst.instances()).isEqualTo(get.maxScale());
		assertThat(burst.connections()).isBetween(get.maxScale(), get.maxScale() * get.connections());
	}

	@Test
	@Order(7)
	void nothingIsOpenThatNeedNotBe() {
		Http floor = OTHER.service(ColdStarts.FLOOR);
		// Requests keep pods there.
		try (Load load = Installation.load(); Policies policies = Policies.visit(CLUSTER, OTHER)) {
			policies.assertPostgresIsForFunctions();
			policies.assertNobodyGetsToAFunctionButKnative(address(CLUSTER, "getpassenger"));
			assertThat(floor.send("GET", "/").statusCode()).isEqualTo(200);
			policies.assertAFunctionGetsNowhereElse(address(OTHER, ColdStarts.FLOOR));
			assertThat(load.failures()).isEmpty();
		}
	}

	private static String address(Cluster cluster, String service) {
		return cluster.pods("serving.knative.dev/service=" + service, ".status.podIP").get(0);
	}

	@Test
	@Order(8)
	void nothingIsLostWhenPostgresIsDeleted() {
		try (Load load = Installation.load()) {
			load.goOn(100);
			assertThat(load.failures()).isEmpty();
			Installation.deletePostgres();
			load.awaitRecovery();
			Installation.deletePostgres("--now");
			load.awaitRecovery();
			System.out.println("Postgres deleted, then killed: " + load);
			assertThat(load.failures()).isNotEmpty()
				.allMatch((failure) -> failure.status() == 503)
				.allMatch((failure) -> failure.detail().contains("application/problem+json"));
			load.assertNothingIsLost(CLUSTER.functions());
			assertThat(CLUSTER.pods("app.kubernetes.io/component in (function,single-host)",
					".status.containerStatuses[*].restartCount"))
				.isNotEmpty()
				.containsOnly("0 0");
		}
	}

	@Test
	@Order(9)
	void aRevisionIsRolledOutSplitAndRolledBack() {
		try (Load load = Installation.load()) {
			CLUSTER.kn("service", "update", "getpassenger", "--env", "LOGGING_LEVEL_ROOT=info");
			load.goOn(100);
			assertThat(Installation.answersByRevision(20)).containsOnlyKeys("getpassenger-00002");
			CLUSTER.kn("service", "update", "getpassenger", "--traffic", "getpassenger-00001=50,@latest=50");
			assertThat(Installation.answersByRevision(40)).containsOnlyKeys("getpassenger-00001", "getpassenger-00002");
			CLUSTER.kn("service", "update", "getpassenger", "--traffic", "getpassenger-00001=100");
			assertThat(Installation.answersByRevision(20)).containsOnlyKeys("getpassenger-00001");
			CLUSTER.kn("service", "update", "getpassenger", "--traffic", "@latest=100");
			load.goOn(100);
			System.out.println("New revision, split, rollback and back: " + load);
			assertThat(load.failures()).isEmpty();
		}
	}

	@Test
	@Order(10)
	void theNextVersionTakesOver() throws IOException {
		try (Load load = Installation.load()) {
			load.goOn(50);
			CLUSTER.kubectlReading(NextVersion.render(), "apply", "--filename", "-");
			CLUSTER.awaitReady();
			CLUSTER.kubectl("wait", "jobs", "--all", "--for=condition=Complete", "--timeout=5m");
			load.goOn(100);
			System.out.println("Upgrade of everything: " + load);
			assertThat(load.failures()).isEmpty();
		}
		assertThat(CLUSTER.kubectl("get", "jobs", "--output", "name").lines()).hasSize(2);
		assertThat(CLUSTER.pods("serving.knative.dev/service=getpassenger", ".spec.containers[0].image"))
			.contains("dev.local/passenger-functions:2");
	}

	@Test
	@Order(11)
	void deleteLeavesNothingButTheVolume() {
		String path = CLUSTER.functions()
			.sendPassenger("POST", "/postpassenger", Http.PASSENGER)
			.headers()
			.firstValue("Location")
			.orElseThrow();
		CLUSTER.kubectl("delete", "--kustomize", Installation.OVERLAY, "--selector",
				"app.kubernetes.io/component!=namespace");
		assertThat(CLUSTER.kubectl("get", "persistentvolumeclaim", "--output", "name")).contains("data-postgres-0");
		Installation.apply(Installation.OVERLAY);
		assertThat(CLUSTER.functions().send("GET", path).statusCode()).isEqualTo(200);

		CLUSTER.kubectl("delete", "--kustomize", Installation.OVERLAY);
		assertThat(CLUSTER.kubectl("get", "namespace", "passengers", "--ignore-not-found")).isEmpty();
		assertThat(CLUSTER.kubectl("get", "persistentvolumes")).contains("Released");
	}

	@AfterAll
	static void setTheClusterBack() {
		if (System.getenv("KUBECONFIG") != null) {
			OTHER.kubectl("delete", "services.serving.knative.dev", ColdStarts.FLOOR, "--ignore-not-found");
			setAutoscaler("null");
		}
	}

	private static void setAutoscaler(String window) {
		new Cluster("knative-serving").kubectl("patch", "configmap", "config-autoscaler", "--type", "merge", "--patch",
				"{\"data\":{\"stable-window\":%1$s,\"scale-to-zero-grace-period\":%1$s}}".formatted(window));
	}

}
