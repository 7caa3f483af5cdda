package dev.crud.knative;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures first requests after scaling to zero beside those to Quarkus and Go, which get
 * the same database, limits and policies; functions/bench/peers makes their images.
 * Quarkus runs twice, as in functions/bench/rivals.
 */
@ChangesTheCluster
class BesidePeersIT {

	private static final Cluster CLUSTER = Cluster.PASSENGERS;

	private static final String GET = "getpassenger";

	private static final String QUARKUS_OPTIONS = "-XX:+UseSerialGC -XX:MaxRAMPercentage=40 -XX:AOTMode=on "
			+ "-Dio.netty.leakDetection.level=disabled ";

	/** The JVM options of each peer. */
	private static final Map<String, String> PEERS = new LinkedHashMap<>();

	static {
		PEERS.put("quarkus", QUARKUS_OPTIONS + "-XX:AOTCache=default.aot");
		PEERS.put("quarkus-first", QUARKUS_OPTIONS + "-XX:AOTCache=first.aot -XX:TieredStopAtLevel=1");
		PEERS.put("go", "");
	}

	private static final int STARTS = 25;

	/** Until the pod before has settled, in seconds. */
	private static final int PAUSE = 2;

	private static final int BURSTS = 9;

	private static final int RESAMPLES = 2000;

	private static final List<Side> HELLO = new ArrayList<>();

	private static final List<Side> GETPASSENGER = new ArrayList<>();

	@BeforeAll
	static void deploy() {
		Installation.probePodsOnly();
		Installation.apply(Project.INSTALL);
		String path = CLUSTER.functions()
			.sendJson("POST", "/postpassenger", Example.JSON)
			.headers()
			.firstValue("Location")
			.orElseThrow();
		HELLO.add(new Side(CLUSTER, "hello", "/hello"));
		GETPASSENGER.add(new Side(CLUSTER, GET, path));
		PEERS.forEach((peer, options) -> {
			HELLO.add(deploy(peer, options, "hello", "/hello"));
			GETPASSENGER.add(deploy(peer, options, GET, path));
		});
	}

	@AfterAll
	static void remove() {
		CLUSTER.kubectl("delete", "namespace", "passengers");
	}

	private static Side deploy(String peer, String options, String function, String path) {
		Service service = Project.published()
			.stream()
			.filter((resource) -> resource instanceof Service && resource.getMetadata().getName().equals(GET))
			.map(Service.class::cast)
			.findFirst()
			.orElseThrow();
		String name = peer + "-" + function;
		service.getMetadata().setName(name);
		Container container = service.getSpec().getTemplate().getSpec().getContainers().get(0);
		container.setImage("dev.local/peer-" + peer.replaceFirst("-.*", "") + ":1");
		container.setEnvFrom(List.of());
		container.setEnv(List.of(from(container, "SPRING_R2DBC_USERNAME", "PEER_DB_USER"),
				from(container, "SPRING_R2DBC_PASSWORD", "PEER_DB_PASSWORD"),
				from(container, "SPRING_R2DBC_POOL_MAX_SIZE", "PEER_POOL"), new EnvVar("PEER_DB_URL",
						"postgresql://$(PEER_DB_USER):$(PEER_DB_PASSWORD)@postgres:5432/passengers", null),
				new EnvVar("PEER_TABLE", "passengers", null),
				new EnvVar("PEER_COLS",
						"uuid,survived,passenger_class,name,sex,age,siblings_or_spouses_aboard,parents_or_children_aboard,fare",
						null),
				new EnvVar("PEER_PORT", "8080", null), new EnvVar("PEER_HOST", "0.0.0.0", null),
				new EnvVar("QUARKUS_HTTP_HOST", "0.0.0.0", null), new EnvVar("JAVA_TOOL_OPTIONS", options, null)));
		CLUSTER.kubectlReading(Serialization.asYaml(service), "apply", "--filename", "-");
		CLUSTER.kubectl("wait", "ksvc", name, "--for=condition=Ready", "--timeout=3m");
		return new Side(CLUSTER, name, path);
	}

	private static EnvVar from(Container container, String ours, String name) {
		return container.getEnv()
			.stream()
			.filter((variable) -> variable.getName().equals(ours))
			.map((variable) -> new EnvVarBuilder(variable).withName(name).build())
			.findFirst()
			.orElseThrow();
	}

	@Test
	void firstRequestsAreAnswered() throws Exception {
		Map<String, List<Start>> starts = new LinkedHashMap<>();
		try (Appearances pods = new Appearances(); ColdStarts floor = new ColdStarts()) {
			List<Side> sides = new ArrayList<>(Stream.of(HELLO, GETPASSENGER).flatMap(List::stream).toList());
			sides.add(new Side(Cluster.OTHER, ColdStarts.FLOOR, "/"));
			// No pod ends while others start.
			Settings.KNATIVE.set("config-autoscaler", Map.of("stable-window", "45s"));
			for (int round = 0; round < STARTS; round++) {
				floor.awaitZero();
				for (Side side : sides) {
					TimeUnit.SECONDS.sleep(PAUSE);
					starts.computeIfAbsent(side.name(), (name) -> new ArrayList<>()).add(side.start(pods));
				}
				Collections.rotate(sides, 1);
			}
		}
		double floor = Start.median(starts.getOrDefault(ColdStarts.FLOOR, List.of()), Start::answered);
		System.out.println("| from zero, seconds after the request was sent, medians of those of " + STARTS
				+ " that did not fail | pod | executed | port open | answer | over the floor | longest | failed |\n"
				+ "|---|---|---|---|---|---|---|---|");
		starts.forEach((name, all) -> System.out.println("| " + name + " " + Start.row(all, floor)));
		assertThat(Stream.of("hello", GET).map(starts::get).flatMap(List::stream)).allMatch(Start::ok);
		printRatios("hello", answers(HELLO, starts));
		printRatios(GET, answers(GETPASSENGER, starts));
	}

	@Test
	void manyAtOnceAreAnswered() {
		Map<String, List<Clients>> bursts = new LinkedHashMap<>();
		try (Haste haste = new Haste()) {
			for (int round = 0; round < BURSTS; round++) {
				for (Side side : GETPASSENGER) {
					haste.awaitZero(CLUSTER, "serving.knative.dev/service");
					bursts.computeIfAbsent(side.name(), (name) -> new ArrayList<>())
						.add(Clients.send(side.http(), side.path(), 200, Duration.ZERO));
				}
				Collections.rotate(GETPASSENGER, 1);
			}
		}
		System.out.println("| 200 at once from zero, medians of " + BURSTS
				+ " | median, s | p99, s | failed of all |\n|---|---|---|---|");
		bursts.forEach((name, all) -> System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f | %d |%n", name,
				median(all.stream().map((one) -> one.quantile(0.5))),
				median(all.stream().map((one) -> one.quantile(0.99))), all.stream().mapToLong(Clients::failed).sum()));
		Map<String, List<Double>> medians = new LinkedHashMap<>();
		bursts.forEach((name, all) -> medians.put(name, all.stream().map((one) -> one.quantile(0.5)).toList()));
		printRatios(GET, medians);
		assertThat(bursts.get(GET)).allMatch((burst) -> burst.failed() == 0);
	}

	private static Map<String, List<Double>> answers(List<Side> sides, Map<String, List<Start>> starts) {
		Map<String, List<Double>> answers = new LinkedHashMap<>();
		sides.forEach((side) -> answers.put(side.name(), Start.answers(starts.getOrDefault(side.name(), List.of()))));
		return answers;
	}

	private static void printRatios(String ours, Map<String, List<Double>> sides) {
		sides.forEach((name, theirs) -> {
			if (!name.equals(ours) && !theirs.isEmpty()) {
				System.out
					.println("Ours to that of " + name + ": " + ratio(sides.getOrDefault(ours, List.of()), theirs));
			}
		});
	}

	/**
	 * Returns the ratio of two medians, and the interval that contains 95 % of it when
	 * values are drawn anew (bootstrap).
	 */
	private static String ratio(List<Double> ours, List<Double> theirs) {
		Random draw = new Random(1);
		double[] ratios = DoubleStream.generate(() -> median(drawn(ours, draw)) / median(drawn(theirs, draw)))
			.limit(RESAMPLES)
			.sorted()
			.toArray();
		return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median(ours.stream()) / median(theirs.stream()),
				ratios[RESAMPLES / 40], ratios[RESAMPLES - RESAMPLES / 40]);
	}

	private static Stream<Double> drawn(List<Double> values, Random draw) {
		return draw.ints(values.size(), 0, values.size()).mapToObj(values::get);
	}

	private static double median(Stream<Double> values) {
		List<Double> sorted = values.sorted().toList();
		return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
	}

	/**
	 * A Service that is measured.
	 *
	 * @param cluster its namespace
	 * @param name its name
	 * @param path the path that is requested
	 */
	private record Side(Cluster cluster, String name, String path) {

		private static final Pattern OUR_START = Pattern
			.compile("(?m)^(\\S+) .*\"message\":\"started\".*\"milliseconds\":(\\d+)");

		private static final Pattern JAVA = Pattern.compile("(?m)^(\\S+) Picked up JAVA_TOOL_OPTIONS");

		private static final Pattern LISTENING = Pattern.compile("(?m)^(\\S+) .*Listening on");

		Http http() {
			return this.cluster.service(this.name);
		}

		/** Sends a request when there is no pod, and finds out what happened when. */
		Start start(Appearances pods) {
			Http http = http();
			Instant sent = Instant.now();
			HttpResponse<String> response = http.send("GET", this.path);
			Instant answered = Instant.now();
			Map.Entry<String, Instant> pod = pods.since(sent, this.name);
			// If the request has failed, there may be no log yet.
			this.cluster.kubectl("wait", "pod", pod.getKey(), "--for=condition=Ready", "--timeout=1m");
			// Knative's own container comes after it.
			String container = this.cluster.pods("serving.knative.dev/service=" + this.name, ".spec.containers[0].name")
				.get(0);
			String log = this.cluster.kubectl("logs", pod.getKey(), "--container", container, "--timestamps");
			return logged(log, sent, seconds(sent, pod.getValue()), seconds(sent, answered),
					response.statusCode() == 200);
		}

		private static Start logged(String log, Instant sent, double pod, double answered, boolean ok) {
			Matcher ours = OUR_START.matcher(log);
			if (ours.find()) {
				double port = seconds(sent, Instant.parse(ours.group(1)));
				return new Start(pod, port - Integer.parseInt(ours.group(2)) / 1000.0, port, answered, ok);
			}
			return new Start(pod, first(JAVA, log, sent), first(LISTENING, log, sent), answered, ok);
		}

		private static double first(Pattern pattern, String log, Instant sent) {
			Matcher found = pattern.matcher(log);
			return found.find() ? seconds(sent, Instant.parse(found.group(1))) : Double.NaN;
		}

		private static double seconds(Instant from, Instant to) {
			return Duration.between(from, to).toNanos() / 1e9;
		}

	}

	/** Remembers when each pod of the cluster was seen first. */
	private static final class Appearances implements AutoCloseable {

		private final Map<String, Instant> seen = new ConcurrentHashMap<>();

		private final Process watch;

		Appearances() {
			try {
				this.watch = new ProcessBuilder("kubectl", "get", "pods", "--all-namespaces", "--watch", "--output",
						"jsonpath={.metadata.name}{\"\\n\"}")
					.redirectError(ProcessBuilder.Redirect.INHERIT)
					.start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			Thread reader = new Thread(
					() -> this.watch.inputReader().lines().forEach((pod) -> this.seen.putIfAbsent(pod, Instant.now())));
			reader.setDaemon(true);
			reader.start();
		}

		Map.Entry<String, Instant> since(Instant start, String service) {
			return this.seen.entrySet()
				.stream()
				.filter((pod) -> pod.getKey().startsWith(service + "-0") && pod.getValue().isAfter(start))
				.findFirst()
				.orElseThrow();
		}

		@Override
		public void close() {
			this.watch.destroy();
		}

	}

	/**
	 * A first request. All are seconds after it was sent, or not a number if the log does
	 * not tell.
	 *
	 * @param pod when there was a pod
	 * @param executed when the process was started
	 * @param port when its port was open
	 * @param answered when it was answered
	 * @param ok whether the status was 200
	 */
	private record Start(double pod, double executed, double port, double answered, boolean ok) {

		static double median(List<Start> starts, ToDoubleFunction<Start> field) {
			return BesidePeersIT.median(answered(starts).map(field::applyAsDouble).filter((value) -> !value.isNaN()));
		}

		/** Those that failed are counted, not timed. */
		private static Stream<Start> answered(List<Start> starts) {
			return starts.stream().filter(Start::ok);
		}

		static List<Double> answers(List<Start> starts) {
			return answered(starts).map(Start::answered).toList();
		}

		static String row(List<Start> starts, double floor) {
			String times = Stream
				.<ToDoubleFunction<Start>>of(Start::pod, Start::executed, Start::port, Start::answered,
						(start) -> start.answered() - floor)
				.map((field) -> cell(median(starts, field)))
				.collect(Collectors.joining(" | "));
			double longest = answered(starts).mapToDouble(Start::answered).max().orElse(Double.NaN);
			return String.join(" | ", "| " + times, cell(longest),
					starts.stream().filter((start) -> !start.ok()).count() + " |");
		}

		private static String cell(double seconds) {
			return Double.isNaN(seconds) ? "" : String.format(Locale.ROOT, "%.2f", seconds);
		}

	}

}
