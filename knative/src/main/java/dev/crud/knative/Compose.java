package dev.crud.knative;

import dev.crud.function.Functions;

import java.util.Map;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Gives Docker Compose the images that a cluster gets.
 */
final class Compose {

	private Compose() {
	}

	/**
	 * Fills the images in.
	 * @param functions whose images these are
	 * @param template a compose file with the images' names as the base has them
	 * @param rendered YAML with the images to use
	 * @return the compose file
	 */
	static String of(Functions functions, String template, String rendered) {
		// By the name that a container has on a cluster.
		Map<String, String> images = Map.of("function", functions.image(), "setup", functions.setupImage(), "postgres",
				"postgres");
		Map<String, String> lines = new TreeMap<>();
		for (HasMetadata resource : Manifests.parse(rendered)) {
			for (Container container : PodTemplates.containers(resource)) {
				lines.put("image: " + images.get(container.getName()) + "\n", "image: " + container.getImage() + "\n");
			}
		}
		String filled = template;
		for (Map.Entry<String, String> line : lines.entrySet()) {
			filled = filled.replace(line.getKey(), line.getValue());
		}
		return filled;
	}

}
