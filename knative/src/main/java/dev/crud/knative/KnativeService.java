package dev.crud.knative;

import dev.crud.function.Functions;

import dev.crud.function.FunctionDeclaration;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.crud.function.FunctionDeclaration.Limits;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.ServiceBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/**
 * Makes the Knative Service of a function.
 */
final class KnativeService {

	private static final int PORT = 8080;

	private static final String AUTHENTICATION = "authentication";

	private static final String TELEMETRY = "telemetry";

	private KnativeService() {
	}

	/**
	 * Makes the Service.
	 * @param functions all functions, whose image an overlay may name otherwise
	 * @param function one of them
	 * @param schemaVersion the version of the schema that it needs
	 * @return the Service
	 */
	static Service of(Functions functions, FunctionDeclaration function, String schemaVersion) {
		// @formatter:off
		return new ServiceBuilder()
			.withNewMetadata()
				.withName(function.name())
				.withLabels(labels(functions, function))
			.endMetadata()
			.withNewSpec()
				.withNewTemplate()
					.withNewMetadata()
						.withLabels(labels(functions, function))
						.addToAnnotations("autoscaling.knative.dev/max-scale", String.valueOf(function.maxScale()))
					.endMetadata()
					.withNewSpec()
						.withAutomountServiceAccountToken(false)
						.withEnableServiceLinks(false)
						.withContainerConcurrency((long) function.concurrency())
						.withTimeoutSeconds(function.timeout().toSeconds())
						.withContainers(container(functions, function, schemaVersion))
						.withVolumes(volumes(function))
					.endSpec()
				.endTemplate()
			.endSpec()
			.build();
		// @formatter:on
	}

	private static Map<String, String> labels(Functions functions, FunctionDeclaration function) {
		return new TreeMap<>(
				Map.of("app.kubernetes.io/name", function.name(), "app.kubernetes.io/component", "function",
						"app.kubernetes.io/part-of", functions.image(), "app.kubernetes.io/managed-by", "kustomize"));
	}

	/**
	 * Also sets what Knative would add by default, so that applying the same file again
	 * changes nothing.
	 */
	private static Container container(Functions functions, FunctionDeclaration function, String schemaVersion) {
		Limits limits = function.limits();
		// @formatter:off
		return new ContainerBuilder()
			.withName("function")
			.withImage(functions.image())
			.withEnvFrom(optional(function))
			.withEnv(environment(functions, function, schemaVersion))
			.addNewPort().withContainerPort(PORT).withProtocol("TCP").endPort()
			// The port opens when the function can serve. Without a period, Knative's proxy probes about every 50 ms.
			.withNewReadinessProbe().withSuccessThreshold(1).withNewTcpSocket().withNewPort(PORT).endTcpSocket()
			.endReadinessProbe()
			.withNewResources()
				.addToRequests("cpu", new Quantity(limits.cpuRequest()))
				.addToRequests("memory", new Quantity(limits.memoryRequest()))
				.addToLimits("cpu", new Quantity(limits.cpu()))
				.addToLimits("memory", new Quantity(limits.memory()))
			.endResources()
			.withSecurityContext(restricted())
			.withVolumeMounts(mounts(function))
			.build();
		// @formatter:on
	}

	/**
	 * What does not exist until an administrator asks for tokens or telemetry:
	 * {@code install/auth.yaml} and {@code install/telemetry.yaml}.
	 */
	private static List<EnvFromSource> optional(FunctionDeclaration function) {
		return function.usesDatabase() ? List.of(optional(AUTHENTICATION), optional(TELEMETRY))
				: List.of(optional(TELEMETRY));
	}

	private static EnvFromSource optional(String configMap) {
		return new EnvFromSourceBuilder().withNewConfigMapRef()
			.withName(configMap)
			.withOptional(true)
			.endConfigMapRef()
			.build();
	}

	private static List<Volume> volumes(FunctionDeclaration function) {
		Volume tmp = new VolumeBuilder().withName("tmp")
			.withNewEmptyDir()
			.withSizeLimit(new Quantity("64Mi"))
			.endEmptyDir()
			.build();
		Volume keys = new VolumeBuilder().withName("keys")
			.withNewConfigMap()
			.withName(AUTHENTICATION + "-keys")
			.withOptional(true)
			.endConfigMap()
			.build();
		return function.usesDatabase() ? List.of(tmp, keys) : List.of(tmp);
	}

	private static List<VolumeMount> mounts(FunctionDeclaration function) {
		VolumeMount tmp = new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build();
		VolumeMount keys = new VolumeMountBuilder().withName("keys")
			.withMountPath("/etc/" + AUTHENTICATION)
			.withReadOnly(true)
			.build();
		return function.usesDatabase() ? List.of(tmp, keys) : List.of(tmp);
	}

	private static List<EnvVar> environment(Functions functions, FunctionDeclaration function, String schemaVersion) {
		EnvVar definition = variable("SPRING_CLOUD_FUNCTION_DEFINITION", function.name());
		if (!function.usesDatabase()) {
			return List.of(definition);
		}
		return Stream
			.of(definition, variable("SPRING_R2DBC_URL", "r2dbc:postgresql://postgres:5432/" + functions.database()),
					secret("SPRING_R2DBC_USERNAME", function.secret(), "username"),
					secret("SPRING_R2DBC_PASSWORD", function.secret(), "password"),
					variable("SPRING_R2DBC_POOL_MAX_SIZE", String.valueOf(function.connections())),
					applied(schemaVersion))
			.toList();
	}

	private static EnvVar variable(String name, String value) {
		return new EnvVarBuilder().withName(name).withValue(value).build();
	}

	/** A pod whose Secret does not exist yet waits for it instead of crashing. */
	private static EnvVar secret(String name, String secret, String key) {
		return new EnvVarBuilder().withName(name)
			.withNewValueFrom()
			.withNewSecretKeyRef()
			.withName(secret)
			.withKey(key)
			.endSecretKeyRef()
			.endValueFrom()
			.build();
	}

	/** Nobody reads it, but without it the container does not start. */
	private static EnvVar applied(String schemaVersion) {
		return new EnvVarBuilder().withName("SCHEMA_VERSION")
			.withNewValueFrom()
			.withNewConfigMapKeyRef()
			.withName(SchemaVersion.CONFIG_MAP)
			.withKey(schemaVersion)
			.endConfigMapKeyRef()
			.endValueFrom()
			.build();
	}

	/** What the restricted Pod Security Standard requires of a container. */
	private static SecurityContext restricted() {
		return new SecurityContextBuilder().withAllowPrivilegeEscalation(false)
			.withReadOnlyRootFilesystem(true)
			.withRunAsNonRoot(true)
			.withNewCapabilities()
			.withDrop("ALL")
			.endCapabilities()
			.withNewSeccompProfile()
			.withType("RuntimeDefault")
			.endSeccompProfile()
			.build();
	}

}
