package dev.crud.knative;

import java.util.Collection;
import java.util.List;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Parses YAML into typed resources.
 */
final class Manifests {

	private Manifests() {
	}

	/**
	 * Parses a stream of documents.
	 * @param yaml one or more documents
	 * @return the resources, in their order
	 */
	static List<HasMetadata> parse(String yaml) {
		Object parsed = new KubernetesSerialization().unmarshal(yaml);
		Collection<?> resources = List.of(parsed);
		if (parsed instanceof KubernetesResourceList<?> list) {
			resources = list.getItems();
		}
		else if (parsed instanceof Collection<?> collection) {
			resources = collection;
		}
		return resources.stream().map(HasMetadata.class::cast).toList();
	}

}
