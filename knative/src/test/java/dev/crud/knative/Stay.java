package dev.crud.knative;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Prepares a cluster for tests, and leaves it as it was found, even when a test fails or
 * is interrupted.
 */
final class Stay implements BeforeAllCallback, AfterAllCallback {

	private static final String SKIPPING = "registries-skipping-tag-resolving";

	private boolean entered;

	private List<String> claims = List.of();

	@Override
	public void beforeAll(ExtensionContext context) {
		Requirements.programs(System.getenv("PATH"), "kubectl", "kn", "curl");
		Requirements.knative(Settings.KNATIVE);
		Requirements.ingress(Cluster.INGRESS);
		Requirements.absent(Cluster.PASSENGERS, Cluster.OTHER);
		enter();
	}

	private synchronized void enter() {
		this.entered = true;
		this.claims = domainClaims();
		Runtime.getRuntime().addShutdownHook(new Thread(this::leave));
		Settings.KNATIVE.remember("config-network");
		Settings.KNATIVE.remember("config-domain");
		Settings.KNATIVE.remember("config-autoscaler");
		Settings.KNATIVE.set("config-deployment", Map.of(SKIPPING, skipped()));
		Cluster.OTHER.kubectl("create", "namespace", Cluster.OTHER.namespace());
	}

	/**
	 * Returns the registries for which Knative must not resolve tags: the nodes have the
	 * images, but a registry may not have them yet.
	 */
	private static String skipped() {
		// This is Knative's default.
		String before = Objects.requireNonNullElse(Settings.KNATIVE.read("config-deployment").get(SKIPPING),
				"kind.local,ko.local,dev.local");
		TreeSet<String> registries = new TreeSet<>(List.of(before.split(",")));
		registries.addAll(Images.registries());
		return String.join(",", registries);
	}

	private static List<String> domainClaims() {
		return Cluster.OTHER.kubectl("get", "clusterdomainclaims.networking.internal.knative.dev", "--output", "name")
			.lines()
			.toList();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		leave();
	}

	/**
	 * Undoes the changes; the quick steps come first, because somebody who interrupts a
	 * test does not wait for long.
	 */
	private synchronized void leave() {
		if (!this.entered) {
			return;
		}
		this.entered = false;
		Guide.stop();
		List<Cluster> made = List.of(Cluster.PASSENGERS, Cluster.OTHER);
		try {
			made.forEach(Stay::empty);
			made.forEach((cluster) -> delete("namespace", cluster.namespace(), "--wait=false"));
		}
		finally {
			Settings.KNATIVE.close();
		}
		made.forEach((cluster) -> delete("namespace", cluster.namespace()));
		domainClaims().stream().filter((claim) -> !this.claims.contains(claim)).forEach(Stay::delete);
	}

	/**
	 * Deletes the Services, and their pods at once: nobody needs their answers any more,
	 * and deleting a namespace would wait for them.
	 */
	private static void empty(Cluster cluster) {
		cluster.kubectl("delete", "ksvc", "--all");
		cluster.kubectl("delete", "pods", "--all", "--now", "--wait=false");
	}

	private static void delete(String... what) {
		List<String> arguments = new ArrayList<>(List.of("delete", "--ignore-not-found"));
		arguments.addAll(List.of(what));
		Cluster.OTHER.kubectl(arguments.toArray(String[]::new));
	}

}
