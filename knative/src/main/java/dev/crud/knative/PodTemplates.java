package dev.crud.knative;

import java.util.List;
import java.util.stream.Stream;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Finds the pod templates in resources.
 */
final class PodTemplates {

	private PodTemplates() {
	}

	static List<PodTemplateSpec> of(List<HasMetadata> resources) {
		return resources.stream().flatMap(PodTemplates::of).toList();
	}

	static List<Container> containers(HasMetadata resource) {
		return of(resource).flatMap((pod) -> pod.getSpec().getContainers().stream()).toList();
	}

	private static Stream<PodTemplateSpec> of(HasMetadata resource) {
		if (resource instanceof Service service) {
			// A revision's template has the fields of a pod's, and some more.
			return Stream
				.of(new KubernetesSerialization().convertValue(service.getSpec().getTemplate(), PodTemplateSpec.class));
		}
		if (resource instanceof StatefulSet set) {
			return Stream.of(set.getSpec().getTemplate());
		}
		if (resource instanceof CronJob job) {
			return Stream.of(job.getSpec().getJobTemplate().getSpec().getTemplate());
		}
		return (resource instanceof Job job) ? Stream.of(job.getSpec().getTemplate()) : Stream.empty();
	}

}
