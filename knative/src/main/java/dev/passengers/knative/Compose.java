package dev.passengers.knative;

import java.util.Map;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Fills the images that a cluster gets into the compose file.
 */
final class Compose {

	/** Names of images in the template, by the name of the container on a cluster. */
	private static final Map<String, String> IMAGES = Map.of("function", "passenger-functions", "setup",
			"passenger-setup", "postgres", "postgres");

	private Compose() {
	}

	/**
	 * Replaces the image names of the template.
	 * @param template a compose file with the image names that the base uses
	 * @param rendered the YAML for a cluster, with the images to use
	 * @return the compose file
	 */
	static String of(String template, String rendered) {
		Map<String, String> lines = new TreeMap<>();
		for (HasMetadata resource : Manifests.parse(rendered)) {
			for (Container container : PodTemplates.containers(resource)) {
				lines.put("image: " + IMAGES.get(container.getName()) + "\n", "image: " + container.getImage() + "\n");
			}
		}
		String filled = template;
		for (Map.Entry<String, String> line : lines.entrySet()) {
			filled = filled.replace(line.getKey(), line.getValue());
		}
		return filled;
	}

}
