package dev.crud.setup;

import java.nio.file.Path;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an empty table is filled with passengers.
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
	void badPassengersAreToldByLine() {
		this.cluster.csv("""
				survived,passengerClass,name,sex,age,siblingsOrSpousesAboard,parentsOrChildrenAboard,fare
				true,1,Somebody,female,58,0,0,26.55
				true,4,Somebody,female,158,0,0,26.55
				""");
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log()).last()
			.asString()
			.contains(":3: /passengerClass must be an integer between 1 and 3")
			.contains(":3: /age must be between 0 and 150");
		assertThat(rows()).isEqualTo("0");
	}

	private String rows() {
		return this.cluster.postgres().query("SELECT count(*) FROM passengers");
	}

}
