package dev.crud.knative;

import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@code install/backup-store.yaml} with an object store that speaks S3, see
 * {@code .github/e2e/object-store}.
 */
@ChangesTheCluster
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupStoreIT {

	private static final Cluster CLUSTER = Cluster.PASSENGERS;

	private static final Cluster STORE = new Cluster("store");

	private static final String ANCIENT = "backup-2020-01-01T02-30-00Z.dump";

	@BeforeAll
	static void install() {
		Installation.publish();
		Installation.apply();
		CLUSTER.kubectlReading(Project.read("install/backup-store.yaml"), "apply", "--filename", "-");
	}

	@BeforeEach
	void rightKey() {
		secret("secret");
	}

	@Test
	@Order(1)
	void aBackupThatCanNotBeCopiedHasFailed() {
		secret("wrong");
		start("backup", "denied");
		CLUSTER.kubectl("wait", "job", "denied", "--for=condition=Failed", "--timeout=4m");
		// One pod, so one dump.
		assertThat(CLUSTER.kubectl("get", "pods", "--selector", "job-name=denied", "--output", "name").lines())
			.hasSize(1);
		assertThat(log("denied")).contains("403");
		CLUSTER.kubectl("delete", "job", "denied");
	}

	@Test
	@Order(2)
	void everyRowComesBackFromTheBucketWhenBothVolumesAreLost() {
		Http http = CLUSTER.functions();
		http.sendJson("POST", "/postpassenger", Example.JSON);
		List<String> before = http.rows();
		run("backup", "last");
		assertThat(log("last")).contains(" is the newest in the bucket");

		CLUSTER.kubectl("delete", "ksvc,jobs,cronjobs", "--all");
		CLUSTER.kubectl("delete", "statefulset/postgres", "pvc/data-postgres-0", "pvc/backups");
		Installation.apply();
		Guide.run(Installation.SETUP_DONE);
		assertThat(http.rows()).isNotEqualTo(before);
		CLUSTER.kubectlReading(Project.read("install/backup-store.yaml"), "apply", "--filename", "-");
		run("restore", "lost");
		assertThat(log("lost")).contains(": fetched");
		assertThat(http.rows()).isEqualTo(before);
		http.takeRoundTrip();
		run("restore", "again");
		assertThat(log("again")).contains("Nothing to fetch");
	}

	@Test
	@Order(3)
	void oneThatTheVolumeHasNeedsNoStore() {
		CLUSTER.kubectl("set", "env", "cronjob/restore", "BACKUP=" + newest());
		secret("wrong");
		run("restore", "named");
		assertThat(log("named")).contains("Nothing to fetch");
		CLUSTER.kubectl("set", "env", "cronjob/restore", "BACKUP-");
	}

	@Test
	@Order(4)
	void oldOnesGo() {
		inBucket("touch -d '31 days ago' " + ANCIENT + "; touch -d '29 days ago' another.dump");
		String newest = newest();
		inBucket("touch -d '31 days ago' " + newest);
		assertThat(newest).isNotEmpty();
		run("backup", "next");
		assertThat(inBucket("ls").lines()).contains("another.dump", newest()).doesNotContain(ANCIENT, newest);
	}

	@Test
	@Order(5)
	void oneThatIsNotThereIsTold() {
		CLUSTER.kubectl("set", "env", "cronjob/restore", "BACKUP=" + ANCIENT);
		start("restore", "none");
		CLUSTER.kubectl("wait", "job", "none", "--for=condition=Failed", "--timeout=2m");
		assertThat(log("none")).contains("There is no backup " + ANCIENT + " in the bucket, but: backup-");
	}

	private static String newest() {
		return inBucket("ls backup-*").lines().reduce("", (first, second) -> second);
	}

	private static String inBucket(String commands) {
		return STORE.kubectl("exec", "store", "--", "sh", "-c", "cd /data/backups/here; " + commands);
	}

	private static void secret(String key) {
		String secret = CLUSTER.kubectl("create", "secret", "generic", "backup-store", "--dry-run=client", "--output",
				"yaml", "--from-literal=BUCKET=backups/here", "--from-literal=RCLONE_S3_PROVIDER=Other",
				"--from-literal=RCLONE_S3_ENDPOINT=http://store.store:443",
				"--from-literal=RCLONE_S3_ACCESS_KEY_ID=of-the-tests",
				"--from-literal=RCLONE_S3_SECRET_ACCESS_KEY=" + key);
		CLUSTER.kubectlReading(secret, "apply", "--filename", "-");
	}

	private static void run(String cronJob, String job) {
		start(cronJob, job);
		CLUSTER.kubectl("wait", "job", job, "--for=condition=Complete", "--timeout=5m");
	}

	private static void start(String cronJob, String job) {
		CLUSTER.kubectl("create", "job", job, "--from=cronjob/" + cronJob);
	}

	private static String log(String job) {
		return CLUSTER.kubectl("logs", "job/" + job, "--container", "store");
	}

}
