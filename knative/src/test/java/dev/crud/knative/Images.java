package dev.crud.knative;

import dev.crud.Declaration;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Container;

/**
 * Reads the images that {@code install/} names, under their published names.
 */
final class Images {

	private static final List<String> ALL = PodTemplates.of(Project.published())
		.stream()
		.flatMap((pod) -> pod.getSpec().getContainers().stream())
		.map(Container::getImage)
		.distinct()
		.toList();

	/** The image of the functions, which has a JVM. */
	static final String FUNCTIONS = named(Declaration.FUNCTIONS.image());

	/** The image of the setup. */
	static final String SETUP = named(Declaration.FUNCTIONS.setupImage());

	/** An image that has a shell, unlike ours. */
	static final String POSTGRES = named("postgres");

	/** The image of a trivial server, on port 8080. */
	static final String NGINX = named("nginx");

	private Images() {
	}

	private static String named(String start) {
		return ALL.stream()
			.filter((image) -> image.substring(image.lastIndexOf('/') + 1).startsWith(start))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Returns the registries, as Knative's {@code registries-skipping-tag-resolving}
	 * needs them.
	 */
	static Set<String> registries() {
		return ALL.stream()
			.map((image) -> image.substring(0, image.indexOf('/')))
			// This is the name under which Knative knows Docker Hub.
			.map((registry) -> "docker.io".equals(registry) ? "index.docker.io" : registry)
			.collect(Collectors.toSet());
	}

}
