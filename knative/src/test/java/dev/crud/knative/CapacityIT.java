package dev.crud.knative;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.crud.Declaration;
import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures what getpassenger can take with the declared settings and with others, with
 * Postgres itself and behind PgBouncer: 200 requests at once when it has scaled to zero,
 * then as many as it answers.
 */
@ChangesTheCluster
class CapacityIT {

	private static final Cluster CLUSTER = Cluster.PASSENGERS;

	private static final FunctionDeclaration FUNCTION = Declaration.FUNCTIONS.of(Operation.GET);

	private static final String PODS = "serving.knative.dev/service=" + FUNCTION.name();

	private static final int ROUNDS = 3;

	private static final int AT_ONCE = 200;

	private static final int CLIENTS = 64;

	private static final Duration WARM = Duration.ofSeconds(10);

	private static final Duration MEASURED = Duration.ofSeconds(10);

	/** The first are those that are installed. */
	private static final List<Setting> SETTINGS = List.of(
			new Setting(FUNCTION.concurrency(), FUNCTION.connections(), FUNCTION.maxScale()), new Setting(3, 4, 3),
			new Setting(20, 4, 3), new Setting(100, 4, 3), new Setting(200, 4, 3), new Setting(200, 4, 1));

	@Test
	void withPostgresItself() {
		measure(Project.INSTALL, "app.kubernetes.io/name=postgres");
	}

	@Test
	void behindPgBouncer() {
		measure(Project.CLOUDNATIVE_PG, "cnpg.io/instanceRole=primary");
	}

	@AfterEach
	void remove() {
		CLUSTER.kubectl("delete", "namespace", "passengers");
	}

	private static void measure(String installation, String postgres) {
		Installation.apply(installation);
		String path = CLUSTER.functions()
			.sendJson("POST", "/postpassenger", Example.JSON)
			.headers()
			.firstValue("Location")
			.orElseThrow();
		List<List<Measurement>> measured = SETTINGS.stream()
			.<List<Measurement>>map((setting) -> new ArrayList<>())
			.toList();
		try (Haste haste = new Haste()) {
			for (int round = 0; round < ROUNDS; round++) {
				for (int i = 0; i < SETTINGS.size(); i++) {
					int at = (i + round) % SETTINGS.size();
					SETTINGS.get(at).apply();
					haste.awaitZero(CLUSTER, PODS);
					measured.get(at).add(Measurement.take(CLUSTER.functions(), path, postgres));
				}
			}
		}
		System.out.println("| " + installation + ": requests an instance takes, its connections, instances "
				+ "| 200 at once from zero: median, s | p99, s | then: req/s | p99, ms | failed | instances | connections to Postgres |\n"
				+ "|---|---|---|---|---|---|---|---|");
		for (int i = 0; i < SETTINGS.size(); i++) {
			System.out.println("| " + SETTINGS.get(i) + " " + Measurement.row(measured.get(i)));
		}
		assertThat(measured.get(0)).as("with what is installed").allMatch((one) -> one.failed() == 0);
	}

	/**
	 * Settings of a function.
	 *
	 * @param concurrency how many requests an instance takes at once
	 * @param connections how many connections it may open
	 * @param instances how many there may be
	 */
	private record Setting(int concurrency, int connections, int instances) {

		void apply() {
			CLUSTER.kn("service", "update", FUNCTION.name(), "--concurrency-limit", String.valueOf(this.concurrency),
					"--env", "SPRING_R2DBC_POOL_MAX_SIZE=" + this.connections, "--scale-max",
					String.valueOf(this.instances));
		}

		@Override
		public String toString() {
			return this.concurrency + ", " + this.connections + ", " + this.instances;
		}

	}

	/**
	 * What was measured in one round, in the table's units.
	 *
	 * @param median of the requests at once
	 * @param p99 of the requests at once
	 * @param rate requests per second afterwards
	 * @param p99Later of these
	 * @param failed how many of all had another status than 200
	 * @param instances how many there were at the end
	 * @param connections the most that the function had to Postgres, or PgBouncer for it
	 */
	private record Measurement(double median, double p99, double rate, double p99Later, double failed, double instances,
			double connections) {

		private static final Pattern COUNTED = Pattern.compile("(?m)^(\\d+)$");

		static Measurement take(Http http, String path, String postgres) {
			String pod = CLUSTER.pods(postgres, ".metadata.name").get(0);
			CompletableFuture<String> counts = CompletableFuture.supplyAsync(() -> CLUSTER.kubectlReading(
					"SELECT count(*) FROM pg_stat_activity WHERE usename LIKE '" + FUNCTION.name()
							+ "%' \\watch interval=0.5 count=60\n",
					"exec", "--stdin", pod, "--container", "postgres", "--", "psql", "-qAtX", "-d", "passengers", "-U",
					"postgres"));
			Clients atOnce = Clients.send(http, path, AT_ONCE, Duration.ZERO);
			Clients warming = Clients.send(http, path, CLIENTS, WARM);
			Clients later = Clients.send(http, path, CLIENTS, MEASURED);
			int connections = COUNTED.matcher(counts.join())
				.results()
				.map(MatchResult::group)
				.mapToInt(Integer::parseInt)
				.max()
				.orElseThrow();
			return new Measurement(atOnce.quantile(0.5), atOnce.quantile(0.99),
					later.seconds().size() / (double) MEASURED.toSeconds(), later.quantile(0.99) * 1000,
					atOnce.failed() + warming.failed() + later.failed(), CLUSTER.pods(PODS, ".metadata.name").size(),
					connections);
		}

		/** Returns the means, apart from what failed, which adds up. */
		static String row(List<Measurement> rounds) {
			return String.format(Locale.ROOT, "| %.1f | %.1f | %.0f | %.0f | %.0f | %.1f | %.0f |",
					rounds.stream().mapToDouble(Measurement::median).average().orElseThrow(),
					rounds.stream().mapToDouble(Measurement::p99).average().orElseThrow(),
					rounds.stream().mapToDouble(Measurement::rate).average().orElseThrow(),
					rounds.stream().mapToDouble(Measurement::p99Later).average().orElseThrow(),
					rounds.stream().mapToDouble(Measurement::failed).sum(),
					rounds.stream().mapToDouble(Measurement::instances).average().orElseThrow(),
					rounds.stream().mapToDouble(Measurement::connections).max().orElseThrow());
		}

	}

}
