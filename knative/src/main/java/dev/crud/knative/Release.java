package dev.crud.knative;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;

/**
 * Says at the head of a published file which release it is.
 */
final class Release {

	private static final String VERSION = "app.kubernetes.io/version";

	private Release() {
	}

	/**
	 * Makes the line. The version is a label of the namespace alone, because a label that
	 * changes with each release would start each pod again.
	 * @param rendered YAML with the namespace
	 * @return a comment
	 */
	static String heading(String rendered) {
		HasMetadata namespace = Manifests.parse(rendered)
			.stream()
			.filter(Namespace.class::isInstance)
			.findFirst()
			.orElseThrow();
		return "# Release: " + namespace.getMetadata().getLabels().get(VERSION) + "\n";
	}

}
