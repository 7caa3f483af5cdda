package dev.crud.knative;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.crud.Declaration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the installation with CloudNativePG, whose operator must be on the cluster: it
 * answers, a primary that is deleted costs seconds and nothing that was acknowledged.
 */
@ChangesTheCluster
class CloudNativePgIT {

	private static final Cluster CLUSTER = Cluster.PASSENGERS;

	private static final String ADMINISTRATOR = "SELECT rolpassword FROM pg_authid WHERE rolname = 'administrator'";

	private static final int PODS = 3;

	private static final int PODS_AND_CLAIMS = 2;

	@BeforeAll
	static void install() {
		Installation.publish();
		Installation.apply(Project.CLOUDNATIVE_PG);
		awaitInstances();
	}

	@Test
	void theFunctionsReachItThroughPgBouncerAndTheSetupNeedsNoSuperuser() {
		CLUSTER.functions().takeRoundTrip();
		List<String> poolers = CLUSTER.pods("cnpg.io/poolerName=postgres-pooler", ".status.podIP");
		assertThat(sql("SELECT DISTINCT host(client_addr) FROM pg_stat_activity WHERE usename LIKE 'getpassenger%'")
			.lines()).isNotEmpty().isSubsetOf(poolers);
		assertThat(sql("SELECT rolsuper FROM pg_roles WHERE rolname = 'administrator'")).isEqualTo("f");
	}

	/**
	 * The setup, which makes the functions' passwords, has to log in with the new one.
	 */
	@Test
	void newPasswordsWorkThroughPgBouncerAlsoTheAdministrators() {
		String before = sql(ADMINISTRATOR);
		CLUSTER.kubectl("patch", "secret", "postgres-app", "--type", "merge", "--patch",
				"{\"stringData\":{\"password\":\"another\"}}");
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !sql(ADMINISTRATOR).equals(before));
		try (Load load = new Load(CLUSTER.functions(), CLUSTER.functions())) {
			Installation.replacePasswords(load);
		}
		assertThat(sql("SELECT rolname FROM pg_authid WHERE rolpassword IS NOT NULL AND rolname LIKE '%passenger%'")
			.lines()).hasSize(Declaration.FUNCTIONS.withDatabase().size()).allMatch((login) -> login.endsWith("_2"));
	}

	@Test
	void aFailoverLosesNothing() {
		List<String> outages = new ArrayList<>();
		try (Load load = new Load(CLUSTER.functions(), CLUSTER.functions())) {
			load.goOn(100);
			assertThat(load.failures()).isEmpty();
			for (int failover = 0; failover < PODS + PODS_AND_CLAIMS; failover++) {
				String primary = primary();
				int before = load.failures().size();
				CLUSTER.kubectl("delete", (failover < PODS) ? "pod" : "pod,pvc", primary, "--wait=false");
				Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !primary().equals(primary));
				load.awaitRecovery();
				outages.add(outage(load.failures().subList(before, load.failures().size())));
				awaitInstances();
			}
			System.out.println("Failovers: " + load + ", outages of " + String.join(", ", outages));
			load.assertOnlyUnavailable();
			load.assertNothingIsLost(CLUSTER.functions());
			assertThat(Installation.restarts()).isNotEmpty().containsOnly("0 0");
		}
	}

	private static String outage(List<Failure> failures) {
		return failures.isEmpty() ? "none"
				: Duration.between(failures.get(0).when(), failures.get(failures.size() - 1).when()).toMillis() + " ms";
	}

	private static String primary() {
		return CLUSTER.kubectl("get", "cluster.postgresql.cnpg.io", "postgres", "--output",
				"jsonpath={.status.currentPrimary}");
	}

	private static void awaitInstances() {
		Awaitility.await()
			.atMost(Duration.ofMinutes(5))
			.until(() -> CLUSTER
				.kubectl("get", "cluster.postgresql.cnpg.io", "postgres", "--output",
						"jsonpath={.status.readyInstances} {.status.phase}")
				.equals("3 Cluster in healthy state"));
	}

	private static String sql(String statement) {
		return CLUSTER
			.kubectl("exec", primary(), "--container", "postgres", "--", "psql", "-qAtX", "-d", "passengers", "-c",
					statement)
			.strip();
	}

}
