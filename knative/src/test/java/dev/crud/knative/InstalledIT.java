package dev.crud.knative;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real, empty cluster, in the order in which a user comes to do these things.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstalledIT implements Installing, Enduring, Changing {

	@BeforeAll
	static void findAnEmptyClusterAndLetItScaleDownSooner() {
		Cluster.isNeeded();
		assertThat(Cluster.PASSENGERS.kubectl("get", "namespace", "passengers", "--ignore-not-found"))
			.as("what is there would be deleted")
			.isEmpty();
		setAutoscaler("\"6s\"");
	}

	@AfterAll
	static void setTheClusterBack() {
		if (System.getenv("KUBECONFIG") != null) {
			Cluster.OTHER.kubectl("delete", "services.serving.knative.dev", ColdStarts.FLOOR, "--ignore-not-found");
			setAutoscaler("null");
			Guide.stop();
		}
	}

	private static void setAutoscaler(String window) {
		new Cluster("knative-serving").kubectl("patch", "configmap", "config-autoscaler", "--type", "merge", "--patch",
				"{\"data\":{\"stable-window\":%1$s,\"scale-to-zero-grace-period\":%1$s}}".formatted(window));
	}

}
