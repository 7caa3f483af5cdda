package dev.crud.knative;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The YAML of a version to come: other images, and the name that the setup Job then has.
 */
final class NextVersion {

	/** Under the module, for Kustomize wants relative paths. */
	private static final Path DIRECTORY = Path.of("target", "next-version");

	private static final String KUSTOMIZATION = """
			apiVersion: kustomize.config.k8s.io/v1beta1
			kind: Kustomization
			sortOptions: {order: fifo}
			resources: [../../overlays/local]
			images:
			  - {name: dev.local/passenger-functions, newTag: "2"}
			  - {name: dev.local/passenger-setup, newTag: "2"}
			""";

	private static final String SETUP_NAME = """
			patches:
			  - path: setup-name.yaml
			    target: {kind: Job}
			""";

	private NextVersion() {
	}

	static String render() throws IOException {
		Files.createDirectories(DIRECTORY);
		Path kustomization = DIRECTORY.resolve("kustomization.yaml");
		Files.writeString(kustomization, KUSTOMIZATION);
		String unnamed = Kustomize.render(DIRECTORY);
		Files.writeString(DIRECTORY.resolve("setup-name.yaml"), SetupName.patch(unnamed));
		Files.writeString(kustomization, KUSTOMIZATION + SETUP_NAME);
		return Kustomize.render(DIRECTORY);
	}

}
