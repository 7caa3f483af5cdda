package dev.crud.knative;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Container;

/**
 * The images that {@code install/} names, under the names that are published.
 */
final class Images {

	private static final List<String> ALL = PodTemplates.of(Project.published())
		.stream()
		.flatMap((pod) -> pod.getSpec().getContainers().stream())
		.map(Container::getImage)
		.distinct()
		.toList();

	/** Has a shell, unlike ours. */
	static final String POSTGRES = named("postgres");

	/** A trivial server, on port 8080. */
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
	 * The registries, as Knative's {@code registries-skipping-tag-resolving} wants them.
	 */
	static Set<String> registries() {
		return ALL.stream()
			.map((image) -> image.substring(0, image.indexOf('/')))
			// The name under which Docker Hub answers.
			.map((registry) -> "docker.io".equals(registry) ? "index.docker.io" : registry)
			.collect(Collectors.toSet());
	}

}
