package dev.crud.knative;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.client.utils.Serialization;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@code install/auth.yaml}: at each function's own address and at the single host,
 * with keys in the mounted file and at a URL, and keys that change while pods run.
 */
@ChangesTheCluster
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TokensIT {

	private static final Cluster CLUSTER = Cluster.PASSENGERS;

	private static final Cluster ISSUER = new Cluster("issuer");

	private static final String READ = "passengers:read";

	private static final String WRITE = "passengers:write";

	private static final String LIST = "/passengerlist?limit=1";

	/** Where the second key and its tokens are made. */
	private static final String SECOND = "second/";

	/** The keys are a file that {@link #offer} writes. */
	private static final String ISSUER_RESOURCES = """
			apiVersion: v1
			kind: Namespace
			metadata: {name: issuer}
			---
			apiVersion: v1
			kind: Service
			metadata: {name: issuer, namespace: issuer}
			spec: {selector: {app: issuer}, ports: [{port: 8080}]}
			---
			apiVersion: v1
			kind: Pod
			metadata: {name: issuer, namespace: issuer, labels: {app: issuer}}
			spec:
			  terminationGracePeriodSeconds: 1
			  containers:
			    - name: issuer
			      image: %s
			      imagePullPolicy: IfNotPresent
			      command: [sh, -ec, "mkdir -p /tmp/keys; exec /java/25/bin/java -m jdk.httpserver -b 0.0.0.0 -p 8080 -d /tmp/keys"]
			      resources: {requests: {cpu: 10m, memory: 64Mi}}
			""";

	private static final Pattern POLICY = Pattern.compile("(?ms)^    apiVersion: networking.k8s.io/v1\n(?:    .*?\n)+");

	@BeforeAll
	static void install() {
		Installation.publish();
		Guide.write(SECOND + "trial-token", Project.read("install/trial-token"));
		Installation.apply();
		Guide.run(Installation.APPLY_SINGLE_HOST);
		token("", READ);
		token(SECOND, READ);
		Guide.run("kubectl apply -f install/auth.yaml");
		mount(keys(""));
		Guide.run(Installation.RESTART);
		Guide.run(Installation.READY);
	}

	@AfterAll
	static void removeIssuer() {
		ISSUER.kubectl("delete", "namespace", "issuer", "--ignore-not-found", "--wait=false");
	}

	@Test
	@Order(1)
	void tokensOpenWhatTheirScopesNameAtEachAddress() {
		String read = token("", READ);
		String write = token("", WRITE);
		for (Http http : List.of(CLUSTER.functions(), CLUSTER.service("single-host"))) {
			awaitStatus(http, read, 200);
			assertThat(statuses(http)).containsExactly(401, 401, 401, 401, 401);
			assertThat(statuses(http, "Authorization", "Bearer " + read + "x")).containsOnly(401);
			assertThat(statuses(http, "Authorization", "Bearer " + read)).containsExactly(200, 404, 403, 403, 403);
			assertThat(statuses(http, "Authorization", "Bearer " + write)).startsWith(403, 403)
				.endsWith(404)
				.doesNotContain(401)
				.filteredOn((status) -> status == 403)
				.hasSize(2);
			assertThat(statuses(http, "Authorization", "Bearer " + read, "Authorization", "Bearer " + write))
				.containsOnly(400);
			HttpResponse<String> inQuery = http.send("GET", LIST + "&access_token=" + read, "Authorization",
					"Bearer " + read);
			assertThat(inQuery.statusCode()).isEqualTo(400);
			assertThat(inQuery.body()).doesNotContain(read);
			assertThat(http.send("GET", LIST).headers().firstValue("WWW-Authenticate"))
				.hasValue("Bearer realm=\"passengers\"");
			assertThat(http.send("OPTIONS", "/passengerlist").statusCode()).isLessThan(300);
			assertThat(http.send("GET", "/hello").statusCode()).isEqualTo(200);
			assertThat(http.send("GET", "/zero").statusCode()).isEqualTo(200);
		}
		assertThat(CLUSTER.service("single-host").send("GET", "/openapi.yaml").statusCode()).isEqualTo(200);
		assertThat(CLUSTER.kubectl("logs", "--selector", "app.kubernetes.io/part-of=passenger-functions",
				"--all-containers", "--tail=-1", "--max-log-requests=50", "--ignore-errors"))
			.contains("started")
			.doesNotContain(read, write);
	}

	/** Those of the five functions that use the database. */
	private static List<Integer> statuses(Http http, String... headers) {
		return List
			.of(http.send("GET", LIST, headers), http.send("GET", "/getpassenger/" + Example.NOBODY, headers),
					http.send("POST", "/postpassenger", headers),
					http.send("PUT", "/putpassenger/" + Example.NOBODY, headers),
					http.send("DELETE", "/deletepassenger/" + Example.NOBODY, headers))
			.stream()
			.map(HttpResponse::statusCode)
			.toList();
	}

	@Test
	@Order(2)
	void aMountedKeyIsReplacedWithoutARestart() {
		Http http = CLUSTER.functions();
		String old = token("", READ);
		String next = token(SECOND, READ);
		awaitStatus(http, old, 200);
		List<String> pods = listPods();
		assertThat(status(http, next)).isEqualTo(401);
		mount(both());
		awaitStatus(http, next, 200);
		assertThat(status(http, old)).isEqualTo(200);
		mount(keys(SECOND));
		awaitStatus(http, old, 401);
		assertThat(status(http, next)).isEqualTo(200);
		assertThat(listPods()).isEqualTo(pods).hasSize(1);
	}

	@Test
	@Order(3)
	void keysAreFetchedFromTheIssuerWhenAPolicyLetsTheFunctionsOut() {
		Http http = CLUSTER.functions();
		String old = token("", READ);
		String next = token(SECOND, READ);
		ISSUER.kubectlReading(ISSUER_RESOURCES.formatted(Images.FUNCTIONS), "apply", "--filename", "-");
		ISSUER.kubectl("wait", "pod/issuer", "--for=condition=Ready", "--timeout=2m");
		offer(keys(""));
		CLUSTER.kubectl("patch", "configmap", "authentication", "--type=merge", "--patch",
				"{\"data\":{\"AUTH_KEYS\":\"http://issuer.issuer:8080/keys.json\"}}");
		try (Visitor visitor = Visitor.start(CLUSTER, "visitor", "function")) {
			visitor.awaitShut("issuer.issuer", 8080);
			CLUSTER.kubectlReading(policy(), "apply", "--filename", "-");
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> visitor.reaches("issuer.issuer", 8080));
		}
		Guide.run(Installation.RESTART);
		awaitStatus(http, old, 200);
		List<String> pods = listPods();
		assertThat(status(http, next)).isIn(401, 503);
		offer(both());
		awaitStatus(http, next, 200);
		assertThat(status(http, old)).isEqualTo(200);
		assertThat(listPods()).isEqualTo(pods).hasSize(1);
	}

	/** Returns the guide's policy, for this issuer. */
	private static String policy() {
		Matcher policy = POLICY.matcher(Project.read("install/README.md"));
		assertThat(policy.find()).isTrue();
		return policy.group()
			.stripIndent()
			.replace("{ipBlock: {cidr: 203.0.113.0/24}}",
					"{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: issuer}}}")
			.replace("443", "8080");
	}

	private static List<String> listPods() {
		return CLUSTER
			.pods("serving.knative.dev/service=passengerlist",
					".metadata.uid} {.metadata.deletionTimestamp} {.status.containerStatuses[*].restartCount")
			.stream()
			.filter((pod) -> pod.endsWith("  0 0"))
			.toList();
	}

	private static int status(Http http, String token) {
		return http.send("GET", LIST, "Authorization", "Bearer " + token).statusCode();
	}

	/** Asks every second, so that the pod stays. */
	private static void awaitStatus(Http http, String token, int status) {
		long start = System.nanoTime();
		Awaitility.await()
			.atMost(Duration.ofMinutes(4))
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> status(http, token) == status);
		System.out.printf("%d after %.0f s%n", status, (System.nanoTime() - start) / 1e9);
	}

	/** Makes a token and, at the first time, its key. */
	private static String token(String directory, String scope) {
		String program = directory.isEmpty() ? "install/trial-token" : directory + "trial-token";
		return Command.run(Path.of(Guide.path(directory)), "", List.of(Guide.path(program), scope)).strip();
	}

	private static String keys(String directory) {
		return Guide.read(directory + "keys.json").strip();
	}

	private static String both() {
		List<String> keys = new ArrayList<>();
		for (String directory : List.of("", SECOND)) {
			keys.add(keys(directory).replaceFirst("^\\{\"keys\":\\[(.*)]}$", "$1"));
		}
		return "{\"keys\":[" + String.join(",", keys) + "]}";
	}

	private static void mount(String keys) {
		CLUSTER.kubectl("patch", "configmap", "authentication-keys", "--type=merge", "--patch",
				Serialization.asJson(Map.of("data", Map.of("keys.json", keys))));
	}

	private static void offer(String keys) {
		ISSUER.kubectlReading(keys, "exec", "--stdin", "issuer", "--", "sh", "-c",
				"mkdir -p /tmp/keys && cat >/tmp/keys/keys.json");
	}

}
