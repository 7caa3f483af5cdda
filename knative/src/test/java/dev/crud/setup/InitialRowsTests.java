package dev.crud.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what an empty table is filled with.
 */
@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init")
class InitialRowsTests {

	KubernetesClient client;

	@TempDir
	Path directory;

	private TestCluster cluster;

	@BeforeEach
	void start() {
		this.cluster = new TestCluster(this.client, this.directory);
	}

	@AfterEach
	void stop() {
		this.cluster.close();
	}

	@Test
	void ownRowsTakeThePlaceOfTheSample() {
		this.cluster.csv(Declared.HEADER + Declared.row());
		assertThat(this.cluster.run()).isTrue();
		assertThat(rows()).isEqualTo("1");
		assertThat(this.cluster.log()).anyMatch((line) -> line.startsWith(Declared.ROWS + ": 1 loaded from /"));
	}

	@Test
	void rowsThatAreThereAreLeftAlone() {
		this.cluster.run();
		String before = this.cluster.postgres().state();
		this.cluster.csv(Declared.HEADER + "not even looked at\n");
		assertThat(this.cluster.run()).isTrue();
		assertThat(this.cluster.postgres().state()).isEqualTo(before);
	}

	@Test
	void badRowsAreToldByLineAndNothingIsLoaded() {
		String good = Declared.HEADER + Declared.row().repeat(3000);
		Path file = this.cluster.csv(good + "x,\n" + Declared.row());
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log().get(this.cluster.log().size() - 1).lines()).hasSize(2)
			.startsWith("FAILED: Nothing was loaded: " + file + " has bad rows.")
			.anyMatch((line) -> line.startsWith(file + ":3002: "));
		assertThat(rows()).isEqualTo("0");
		this.cluster.csv(good);
		assertThat(this.cluster.run()).isTrue();
		assertThat(rows()).isEqualTo("3000");
	}

	@Test
	void headerAloneLeavesTheTableEmpty() {
		this.cluster.csv(Declared.HEADER);
		assertThat(this.cluster.run()).isTrue();
		assertThat(rows()).isEqualTo("0");
	}

	@Test
	void unreadableFileIsToldAndNothingIsLoaded() throws IOException {
		Files.createDirectory(this.directory.resolve(TestCluster.CSV));
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log()).last()
			.asString()
			.startsWith("FAILED: Nothing was loaded: ")
			.contains("can't be read");
		assertThat(rows()).isEqualTo("0");
	}

	private String rows() {
		return this.cluster.postgres().query("SELECT count(*) FROM " + Declared.TABLE);
	}

}
