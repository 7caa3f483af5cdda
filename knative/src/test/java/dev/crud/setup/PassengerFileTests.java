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
 * What an empty table is filled with.
 */
@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init")
class PassengerFileTests {

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

	private static final String HEADER = "Survived,Pclass,Name,Sex,Age,Siblings_Spouses_Aboard,"
			+ "Parents_Children_Aboard,Fare\n";

	@Test
	void ownPassengersTakeThePlaceOfTheSample() {
		this.cluster.csv(HEADER + "1,1,\"Bonnell, Miss. Elizabeth\",female,58,0,0,26.55\n");
		assertThat(this.cluster.run()).isTrue();
		assertThat(this.cluster.postgres().query("SELECT (survived, name, age, fare)::text FROM passengers"))
			.isEqualTo("(t,\"Bonnell, Miss. Elizabeth\",58,26.55)");
	}

	@Test
	void passengersThatAreThereAreLeftAlone() {
		this.cluster.run();
		String before = this.cluster.postgres().state();
		this.cluster.csv(HEADER + "not even looked at\n");
		assertThat(this.cluster.run()).isTrue();
		assertThat(this.cluster.postgres().state()).isEqualTo(before);
	}

	@Test
	void badRowsAreToldByLineAndNothingIsLoaded() {
		String good = HEADER + "1,1,Somebody,female,58,0,0,26.55\n".repeat(3000);
		Path file = this.cluster.csv(good + "2,1,Somebody,other,58,0,0,26.55\n1,1,Somebody,male,58\n");
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log().get(this.cluster.log().size() - 1).lines()).containsExactly(
				"FAILED: Nothing was loaded: " + file + " has bad rows.", file + ":3002: /survived must be 0 or 1",
				file + ":3002: /sex must be male or female", file + ":3003:  must have 8 values, as the header has");
		assertThat(rows()).isEqualTo("0");
		this.cluster.csv(good);
		assertThat(this.cluster.run()).isTrue();
		assertThat(rows()).isEqualTo("3000");
	}

	@Test
	void headerAloneLeavesTheTableEmpty() {
		this.cluster.csv(HEADER);
		assertThat(this.cluster.run()).isTrue();
		assertThat(rows()).isEqualTo("0");
	}

	@Test
	void unreadableFileIsToldAndNothingIsLoaded() throws IOException {
		Files.createDirectory(this.directory.resolve("passengers.csv"));
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log()).last()
			.asString()
			.startsWith("FAILED: Nothing was loaded: ")
			.contains("can't be read");
		assertThat(rows()).isEqualTo("0");
	}

	private String rows() {
		return this.cluster.postgres().query("SELECT count(*) FROM passengers");
	}

}
