package dev.crud.knative;

import dev.crud.function.Functions;

import java.util.Map;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Fills the images that a cluster gets into the compose file.
 */
final class Compose {

	private Compose() {
	}

	/**
	 * Replaces the image names of the template.
	 * @param functions whose images these are
	 * @param template a compose file with the image names that the base uses
	 * @param rendered the YAML for a cluster, with the images to use
	 * @return the compose file
	 */
	static String of(Functions functions, String template, String rendered) {
		// Names of images in the template, by the name of the container on a cluster.
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
