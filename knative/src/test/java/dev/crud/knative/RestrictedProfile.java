package dev.crud.knative;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asserts the restricted Pod Security Standard, and also a read-only root file system.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod
 * Security Standards</a>
 */
final class RestrictedProfile {

	private RestrictedProfile() {
	}

	static void check(PodSpec pod) {
		assertThat(Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC())).doesNotContain(true);
		assertThat(pod.getVolumes()).allMatch(RestrictedProfile::isHarmless);
		assertThat(pod.getEphemeralContainers()).isEmpty();
		PodSecurityContext defaults = Objects.requireNonNullElseGet(pod.getSecurityContext(), PodSecurityContext::new);
		containers(pod).forEach((container) -> check(container, defaults));
	}

	/** Returns all containers of a pod, those that run first included. */
	static Stream<Container> containers(PodSpec pod) {
		return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
	}

	private static void check(Container container, PodSecurityContext defaults) {
		SecurityContext own = container.getSecurityContext();
		assertThat(own.getPrivileged()).isNotEqualTo(true);
		assertThat(own.getAllowPrivilegeEscalation()).isFalse();
		assertThat(own.getReadOnlyRootFilesystem()).isTrue();
		assertThat(own.getCapabilities().getDrop()).containsExactly("ALL");
		assertThat(own.getCapabilities().getAdd()).isEmpty();
		assertThat((own.getRunAsNonRoot() != null) ? own.getRunAsNonRoot() : defaults.getRunAsNonRoot()).isTrue();
		assertThat((own.getRunAsUser() != null) ? own.getRunAsUser() : defaults.getRunAsUser())
			.isNotEqualTo(Long.valueOf(0));
		assertThat(
				((own.getSeccompProfile() != null) ? own.getSeccompProfile() : defaults.getSeccompProfile()).getType())
			.isEqualTo("RuntimeDefault");
		assertThat(container.getPorts()).allMatch((port) -> port.getHostPort() == null);
	}

	private static boolean isHarmless(Volume volume) {
		return volume.getConfigMap() != null || volume.getSecret() != null || volume.getEmptyDir() != null
				|| volume.getPersistentVolumeClaim() != null;
	}

}
