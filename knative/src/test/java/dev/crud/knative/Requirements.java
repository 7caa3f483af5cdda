package dev.crud.knative;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks what a test on a cluster needs, and fails when something is missing.
 */
final class Requirements {

	private static final List<String> KNATIVE = List.of("config-autoscaler", "config-deployment", "config-domain",
			"config-network");

	private Requirements() {
	}

	/**
	 * Checks that programs are installed.
	 * @param path the directories, in the form of PATH
	 * @param programs their names
	 * @throws AssertionError which names the first that is missing
	 */
	static void programs(String path, String... programs) {
		for (String program : programs) {
			if (Stream.of(path.split(":")).noneMatch((folder) -> Files.isExecutable(Path.of(folder, program)))) {
				throw new AssertionError(
						"The test on a cluster was asked for, and there is no " + program + " on the PATH");
			}
		}
	}

	/**
	 * Checks that the ingress is there.
	 * @param ingress its address
	 * @throws AssertionError when nothing listens there
	 */
	static void ingress(InetSocketAddress ingress) {
		try (Socket socket = new Socket()) {
			socket.connect(ingress, 5000);
		}
		catch (IOException ex) {
			throw new AssertionError("The test on a cluster was asked for, and no ingress listens on " + ingress
					+ "; CLUSTER_PORT says where it does", ex);
		}
	}

	/**
	 * Checks that Knative and its settings are there.
	 * @param settings the settings that will be changed
	 * @throws AssertionError when they can't be read
	 */
	static void knative(Settings settings) {
		try {
			KNATIVE.forEach(settings::read);
		}
		catch (AssertionError ex) {
			throw new AssertionError("The test on a cluster was asked for, and kubectl finds no Knative Serving", ex);
		}
	}

	/**
	 * Checks that namespaces don't exist yet, so that nothing is deleted that was there
	 * before.
	 * @param clusters the namespaces that the test creates
	 */
	static void absent(Cluster... clusters) {
		for (Cluster cluster : clusters) {
			if (!cluster.kubectl("get", "namespace", cluster.namespace(), "--ignore-not-found").isEmpty()) {
				throw new AssertionError(
						"There is a namespace " + cluster.namespace() + " already, and the test would delete it");
			}
		}
	}

}
