package dev.passengers.knative;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;
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

	private static final String FORWARDED = "--connect-to ::127.0.0.1:8888";

	private static final String OWN = """
			Survived,Pclass,Name,Sex,Age,Siblings_Spouses_Aboard,Parents_Children_Aboard,Fare
			1,2,Asta Own,female,33,0,0,13
			""";

	private static @Nullable Process portForward;

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
		Installation.publish();
		long start = System.nanoTime();
		String applied = Installation.apply();
		System.out.printf("From kubectl apply to seven ready Services: %.0f s%n", (System.nanoTime() - start) / 1e9);
		assertThat(applied.lines()).as("nothing breaks a rule").allMatch((line) -> line.endsWith(" created"));
		String list = Guide.run("kn service list -n passengers");
		System.out.println(list);
		assertThat(list.lines().skip(1)).hasSize(Functions.ALL.size()).allMatch((line) -> line.matches(".* True *"));
	}

	@Test
	@Order(2)
	void eachFunctionAnswersAtItsOwnUrl() throws IOException {
		Http http = CLUSTER.functions();
		assertThat(http.send("GET", "/hello").body()).isEqualTo("{\"message\":\"ok\"}");
		assertThat(http.send("GET", "/zero").body()).isEqualTo("{\"0\":\"\"}");
		http.takeRoundTrip();
		Http hello = CLUSTER.service("hello");
		assertThat(hello.send("GET", "/").body()).isEqualTo("{\"message\":\"ok\"}");
		assertThat(hello.send("GET", "/passengerlist").statusCode()).isEqualTo(404);
		portForward = Guide.start("kubectl port-forward -n kourier-system service/kourier 8888:80");
		assertThat(Guide.await("curl --fail " + FORWARDED
				+ " \"$(kn service describe passengerlist -n passengers -o url)/passengerlist?limit=3\""))
			.contains("\"uuid\"");
	}

	@Test
	@Order(3)
	void allFunctionsAnswerAtTheSingleHost() {
		assertThat(Guide.run(Installation.APPLY_SINGLE_HOST).lines()).allMatch((line) -> line.endsWith(" created"));
		Guide.run("kubectl wait ksvc single-host -n passengers --for=condition=Ready --timeout=10m");
		Http http = CLUSTER.service("single-host");
		assertThat(http.send("GET", "/hello").body()).isEqualTo("{\"message\":\"ok\"}");
		assertThat(http.send("GET", "/zero").body()).isEqualTo("{\"0\":\"\"}");
		http.takeRoundTrip();
		assertThat(Guide
			.run("curl --fail " + FORWARDED + " \"$(kn service describe single-host -n passengers -o url)/hello\""))
			.contains("{\"message\":\"ok\"}");
		Guide.run("kubectl patch configmap config-network -n knative-serving "
				+ "-p '{\"data\":{\"autocreate-cluster-domain-claims\":\"true\"}}'");
		Guide.await("kn domain create passengers.example.com --ref single-host -n passengers");
		assertThat(Guide.await("curl --fail " + FORWARDED + " http://passengers.example.com/hello"))
			.contains("{\"message\":\"ok\"}");
	}

	@Test
	@Order(4)
	void theSameYamlAppliedAgainChangesNothing() {
		List<String> before = Installation.state();
		assertThat(Installation.apply().lines()).allMatch((line) -> line.endsWith(" unchanged"));
		assertThat(Guide.run(Installation.APPLY_SINGLE_HOST).lines()).allMatch((line) -> line.endsWith(" unchanged"));
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
		assertThat(burst.instances()).isBetween(2, get.maxScale());
		assertThat(burst.connections()).isBetween(2, get.maxScale() * get.connections());
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
			Guide.run("kn service update getpassenger -n passengers --traffic getpassenger-00001=50,@latest=50");
			assertThat(Installation.answersByRevision(40)).containsOnlyKeys("getpassenger-00001", "getpassenger-00002");
			assertThat(Guide.run("kn revision list -n passengers")).contains("getpassenger-00001",
					"getpassenger-00002");
			Guide.run("kn service update getpassenger -n passengers --traffic getpassenger-00001=100");
			assertThat(Installation.answersByRevision(20)).containsOnlyKeys("getpassenger-00001");
			Guide.run("kn service update getpassenger -n passengers --traffic @latest=100");
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
			Guide.write("install/passengers.yaml", NextVersion.render());
			Installation.apply();
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
		Http http = CLUSTER.functions();
		String path = http.sendPassenger("POST", "/postpassenger", Http.PASSENGER)
			.headers()
			.firstValue("Location")
			.orElseThrow();
		Guide.run("kubectl delete -f install/passengers.yaml -l app.kubernetes.io/component!=namespace");
		assertThat(CLUSTER.kubectl("get", "persistentvolumeclaim", "--output", "name")).contains("data-postgres-0");
		Installation.apply();
		assertThat(http.send("GET", path).statusCode()).isEqualTo(200);

		Guide.run("kubectl delete -f install/passengers.yaml");
		assertThat(CLUSTER.kubectl("get", "namespace", "passengers", "--ignore-not-found")).isEmpty();
		assertThat(CLUSTER.kubectl("get", "persistentvolumes")).contains("Released");
	}

	@Test
	@Order(12)
	void ownPassengersAreLoaded() {
		Guide.write("passengers.csv", OWN);
		Guide.run("kubectl create namespace passengers");
		Guide.run("kubectl create configmap passenger-data -n passengers --from-file=passengers.csv");
		Installation.apply();
		Http http = CLUSTER.functions();
		assertThat(http.send("GET", "/passengerlist", "Accept", "text/csv").body().lines().skip(1)).hasSize(1)
			.allMatch((row) -> row.contains("Asta Own"));
		assertThat(Guide.run("curl --fail " + FORWARDED + " -H 'Content-Type: text/csv' --data-binary @passengers.csv "
				+ "\"$(kn service describe postpassenger -n passengers -o url)\""))
			.contains("{\"inserted\":1}");
		assertThat(Guide.commandsRun()).isEqualTo(Guide.commands());
	}

	@AfterAll
	static void setTheClusterBack() {
		if (System.getenv("KUBECONFIG") != null) {
			OTHER.kubectl("delete", "services.serving.knative.dev", ColdStarts.FLOOR, "--ignore-not-found");
			setAutoscaler("null");
			if (portForward != null) {
				portForward.destroy();
			}
		}
	}

	private static void setAutoscaler(String window) {
		new Cluster("knative-serving").kubectl("patch", "configmap", "config-autoscaler", "--type", "merge", "--patch",
				"{\"data\":{\"stable-window\":%1$s,\"scale-to-zero-grace-period\":%1$s}}".formatted(window));
	}

}
