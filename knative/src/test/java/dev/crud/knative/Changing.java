package dev.crud.knative;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.crud.Declaration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests new revisions, a new version, deleting everything, and installing it again.
 */
interface Changing {

	String SCHEMA = "SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank";

	/** A table and a schema that a backup lacks. */
	String LATER = "SELECT concat(to_regclass('public.later'), to_regnamespace('later'))";

	@Test
	@Order(10)
	default void aRevisionIsRolledOutSplitAndRolledBack() {
		try (Load load = Installation.load()) {
			Cluster.PASSENGERS.kn("service", "update", "getpassenger", "--env", "LOGGING_LEVEL_ROOT=info");
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
	@Order(11)
	default void theNextVersionTakesOver() {
		try (Load load = Installation.load()) {
			load.goOn(50);
			assertThat(Cluster.PASSENGERS.sql(SCHEMA)).doesNotContain(NextVersion.SCHEMA);
			Map<String, List<String>> before = Installation.imageIds();
			Guide.write("install/passengers.yaml", NextVersion.of(Project.read("install/passengers.yaml")));
			// As long as there is no migration, or one that failed, the old version
			// answers.
			Cluster.PASSENGERS.kubectl("apply", "--filename", Guide.path("install/passengers.yaml"), "--selector",
					"app.kubernetes.io/component=function");
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> Cluster.PASSENGERS.pods("app.kubernetes.io/component=function",
						".status.containerStatuses[?(@.name==\"function\")].state.waiting.reason"),
						(reasons) -> Declaration.FUNCTIONS.withDatabase()
							.size() == reasons.stream().filter("CreateContainerConfigError"::equals).count());
			load.goOn(100);
			// Those that use no database need not wait, and become ready in their own
			// time.
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.untilAsserted(
						() -> assertThat(Installation.get("ksvc", ".status.conditions[?(@.type==\"Ready\")].status"))
							.filteredOn((service) -> service.endsWith(" True"))
							.hasSize(ready() - Declaration.FUNCTIONS.withDatabase().size()));
			Installation.apply();
			Cluster.PASSENGERS.kubectl("wait", "jobs", "--all", "--for=condition=Complete", "--timeout=5m");
			load.goOn(200);
			System.out.println("Upgrade of everything: " + load);
			assertThat(Installation.imageIds()).hasSize(Declaration.FUNCTIONS.all().size())
				.allSatisfy((function, ids) -> assertThat(ids).isNotEmpty()
					.doesNotContainAnyElementsOf(Objects.requireNonNull(before.get(function))));
			assertThat(load.failures()).isEmpty();
		}
		assertThat(Cluster.PASSENGERS.kubectl("get", "jobs", "--output", "name").lines()).hasSize(2);
		assertThat(Cluster.PASSENGERS.sql(SCHEMA)).endsWith(NextVersion.SCHEMA);
		assertThat(Cluster.PASSENGERS.sql("SELECT count(next_version) FROM passengers")).isEqualTo("0");
	}

	/** Seven functions and the single host. */
	private static int ready() {
		return Declaration.FUNCTIONS.all().size() + 1;
	}

	@Test
	@Order(12)
	default void passwordsAreReplacedUnderLoadAndALostSecretIsRepaired() {
		try (Load load = Installation.load()) {
			Installation.replacePasswords(load);
		}
		String open = "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_authid WHERE rolpassword IS NOT NULL";
		assertThat(Cluster.PASSENGERS.sql(open))
			.isEqualTo("deletepassenger_2 getpassenger_2 passengerlist_2 postgres " + "postpassenger_2 putpassenger_2");

		Cluster.PASSENGERS.kubectl("delete", "secret", "postgres", "getpassenger-database");
		Guide.run("install/new-passwords");
		Cluster.PASSENGERS.functions().takeRoundTrip();
		assertThat(Cluster.PASSENGERS.sql(open))
			.isEqualTo("deletepassenger getpassenger passengerlist postgres " + "postpassenger putpassenger");
	}

	@Test
	@Order(13)
	default void deleteLeavesNothingButTheVolume() {
		Http http = Cluster.PASSENGERS.functions();
		String path = http.sendJson("POST", "/postpassenger", Example.JSON)
			.headers()
			.firstValue("Location")
			.orElseThrow();
		Guide.run("kubectl delete -f install/passengers.yaml -l app.kubernetes.io/component!=namespace");
		assertThat(Cluster.PASSENGERS.kubectl("get", "persistentvolumeclaim", "--output", "name"))
			.contains("data-postgres-0");
		Installation.apply();
		Guide.run(Installation.SETUP_DONE);
		assertThat(http.send("GET", path).statusCode()).isEqualTo(200);

		List<String> kept = Installation.volumes()
			.stream()
			.filter((volume) -> volume.contains(" Retain "))
			.map((volume) -> volume.replace("Bound", "Released"))
			.toList();
		Guide.run("kubectl delete -f install/passengers.yaml");
		assertThat(Cluster.PASSENGERS.kubectl("get", "namespace", "passengers", "--ignore-not-found")).isEmpty();
		// What becomes of the volume depends on the cluster's StorageClass.
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(Installation.volumes()).isEqualTo(kept));
	}

	@Test
	@Order(16)
	default void ownPassengersAreLoaded() {
		Guide.write("passengers.csv", Example.csvHeader() + Example.csvRow());
		Guide.run("kubectl create namespace passengers");
		Guide.run("kubectl create configmap passenger-data -n passengers --from-file=passengers.csv");
		Installation.apply();
		Http http = Cluster.PASSENGERS.functions();
		String list = http.send("GET", "/passengerlist").body();
		String uuid = list.substring("[{\"uuid\":\"".length(), list.indexOf("\","));
		assertThat(list).isEqualTo("[" + Example.answer(uuid, Example.JSON) + "]");
		assertThat(Guide
			.run("curl --fail " + Guide.FORWARDED + " -H 'Content-Type: text/csv' --data-binary @passengers.csv "
					+ "\"$(kn service describe postpassenger -n passengers -o url)\""))
			.contains("{\"inserted\":1}");
	}

	@Test
	@Order(17)
	default void aBackupIsRestoredIntoANewVolume() {
		Guide.run("kubectl apply -f install/backup.yaml");
		Http http = Cluster.PASSENGERS.functions();
		http.sendJson("POST", "/postpassenger", Example.JSON);
		List<String> before = http.rows();
		String claim = volumeOfPostgres();

		Guide.run("kubectl delete -f install/passengers.yaml -l app.kubernetes.io/component=function");
		Guide.run("kubectl wait pods -n passengers -l app.kubernetes.io/component=function --for=delete --timeout=10m");
		backUp("backup-last");
		assertThat(Guide.run("kubectl logs -n passengers job/backup-last")).contains(" bytes");
		Guide.run("kubectl delete -n passengers statefulset/postgres pvc/data-postgres-0");
		Guide.run("kubectl delete jobs -n passengers -l app.kubernetes.io/component=setup");
		Guide.run("kubectl apply -f install/passengers.yaml -l 'app.kubernetes.io/component in (database,setup)'");
		Guide.run(Installation.SETUP_DONE);
		assertThat(volumeOfPostgres()).isNotEqualTo(claim);
		Guide.run("kubectl apply -f install/backup.yaml");
		Guide.run("kubectl set env cronjob/restore -n passengers BACKUP-");
		restore();
		Guide.run("kubectl delete jobs -n passengers -l app.kubernetes.io/component=setup");
		Installation.apply();
		Guide.run(Installation.SETUP_DONE);
		assertThat(http.rows()).isEqualTo(before);
		http.takeRoundTrip();

		// This time while the functions are there, and what the backup lacks goes.
		backUp("backup-now");
		http.sendJson("POST", "/postpassenger", Example.JSON);
		Cluster.PASSENGERS.sql("CREATE TABLE later (id int); CREATE SCHEMA later");
		List<String> after = http.rows();
		assertThat(after).isNotEqualTo(before);
		restore();
		assertThat(http.rows()).isEqualTo(before);
		assertThat(Cluster.PASSENGERS.sql(LATER)).isEmpty();
		http.takeRoundTrip();
		String log = Cluster.PASSENGERS.kubectl("logs", "job/restore-now");
		assertThat(log).matches("replaced-.+\\.dump: \\d+ bytes\nRestored backup-.+\\.dump\n");

		// What was replaced comes back, also when no more than one is kept.
		Cluster.PASSENGERS.kubectl("set", "env", "cronjob/restore", "KEEP=1",
				"BACKUP=" + log.substring(0, log.indexOf(':')));
		restore();
		assertThat(http.rows()).isEqualTo(after);
		assertThat(Cluster.PASSENGERS.sql(LATER)).isEqualTo("laterlater");
		http.takeRoundTrip();

		Guide.run("kubectl set env cronjob/restore -n passengers BACKUP=backup-2026-11-26T02-30-00Z.dump");
		Cluster.PASSENGERS.kubectl("create", "job", "restore-none", "--from=cronjob/restore");
		Cluster.PASSENGERS.kubectl("wait", "job", "restore-none", "--for=condition=Failed", "--timeout=2m");
		assertThat(Cluster.PASSENGERS.kubectl("logs", "job/restore-none")).startsWith("There is no backup ")
			.contains("./replaced-", "./backup-");
	}

	private static void backUp(String job) {
		Guide.run("kubectl delete job " + job + " -n passengers --ignore-not-found");
		Guide.run("kubectl create job " + job + " -n passengers --from=cronjob/backup");
		Guide.run("kubectl wait job " + job + " -n passengers --for=condition=Complete --timeout=10m");
	}

	private static void restore() {
		Guide.run("kubectl delete job restore-now -n passengers --ignore-not-found");
		Guide.run("kubectl create job restore-now -n passengers --from=cronjob/restore");
		Guide.run("kubectl wait job restore-now -n passengers --for=condition=Complete --timeout=10m");
	}

	private static String volumeOfPostgres() {
		return Cluster.PASSENGERS.kubectl("get", "pvc", "data-postgres-0", "--output", "jsonpath={.metadata.uid}");
	}

}
