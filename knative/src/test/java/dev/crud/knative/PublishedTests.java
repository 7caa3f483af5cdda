package dev.crud.knative;

import dev.crud.Declaration;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the rules that everything under {@code install/} must follow.
 */
class PublishedTests {

	private static final List<HasMetadata> ALL = Project.published();

	private static final List<PodTemplateSpec> PODS = PodTemplates.of(ALL);

	@Test
	void eachDocumentHasATypeAndNoneIsASecret() {
		assertThat(ALL).hasSizeGreaterThan(20)
			.noneMatch(GenericKubernetesResource.class::isInstance)
			.noneMatch(Secret.class::isInstance);
	}

	@Test
	void theNamespaceComesFirstAndEnforcesTheRestrictedProfile() {
		assertThat(ALL.get(0)).isInstanceOf(Namespace.class);
		assertThat(ALL.get(0).getMetadata().getLabels()).containsEntry("pod-security.kubernetes.io/enforce",
				"restricted");
		assertThat(ALL.subList(1, ALL.size()))
			.allMatch((resource) -> Declaration.FUNCTIONS.database().equals(resource.getMetadata().getNamespace()));
	}

	@Test
	void eachPodKeepsTheRestrictedProfile() {
		// Setup, Postgres, single host; backup and restore, without a store and with one.
		assertThat(PODS).hasSize(Declaration.FUNCTIONS.all().size() + 7)
			.allSatisfy((pod) -> RestrictedProfile.check(pod.getSpec()));
	}

	@Test
	void everythingIsLabelled() {
		assertThat(ALL).allSatisfy((resource) -> checkLabels(resource.getMetadata().getLabels()));
		assertThat(PODS).allSatisfy((pod) -> checkLabels(pod.getMetadata().getLabels()));
	}

	private static void checkLabels(Map<String, String> labels) {
		assertThat(labels).containsKeys("app.kubernetes.io/name", "app.kubernetes.io/component")
			.containsEntry("app.kubernetes.io/part-of", Declaration.FUNCTIONS.image())
			.containsEntry("app.kubernetes.io/managed-by", "kustomize");
	}

	@Test
	void eachContainerHasRequestsAndLimits() {
		assertThat(containers()).allSatisfy((container) -> {
			assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
			assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
		});
	}

	@Test
	void eachImageIsARelease() {
		assertThat(containers()).extracting(Container::getImage)
			.allMatch((image) -> image
				.matches("(ghcr|docker)\\.io/[a-z0-9._/-]+(:[0-9][0-9a-z.-]*|@sha256:[0-9a-f]{64})"));
	}

	@Test
	void onlyTheSetupHasATokenAndItMayKeepItsSecretsAndSchemaAlone() {
		assertThat(PODS).filteredOn((pod) -> !Boolean.FALSE.equals(pod.getSpec().getAutomountServiceAccountToken()))
			.extracting((pod) -> pod.getSpec().getServiceAccountName())
			.containsExactly("setup");
		Role role = (Role) ALL.stream().filter(Role.class::isInstance).findFirst().orElseThrow();
		assertThat(role.getRules()).filteredOn((rule) -> rule.getResourceNames().isEmpty())
			.allMatch((rule) -> rule.getVerbs().equals(List.of("create")))
			.flatExtracting(PolicyRule::getResources)
			.containsExactlyInAnyOrder("secrets", "configmaps");
		assertThat(named(role, "secrets")).containsExactlyInAnyOrderElementsOf(secrets());
		assertThat(named(role, "configmaps")).containsExactly(SchemaVersion.CONFIG_MAP);
	}

	private static List<String> named(Role role, String resource) {
		return role.getRules()
			.stream()
			.filter((rule) -> rule.getResources().equals(List.of(resource)))
			.flatMap((rule) -> rule.getResourceNames().stream())
			.toList();
	}

	private static Set<String> secrets() {
		Stream<String> variables = containers().stream()
			.flatMap((container) -> container.getEnv().stream())
			.filter((variable) -> variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null)
			.map((variable) -> variable.getValueFrom().getSecretKeyRef().getName());
		Stream<String> volumes = PODS.stream()
			.flatMap((pod) -> pod.getSpec().getVolumes().stream())
			.filter((volume) -> volume.getSecret() != null)
			.map((volume) -> volume.getSecret().getSecretName());
		return Stream.concat(variables, volumes).collect(Collectors.toSet());
	}

	@Test
	void noSecretHasAValueInAnEnvironment() {
		assertThat(containers()).flatExtracting(Container::getEnv)
			.filteredOn((variable) -> variable.getName().contains("PASSWORD") && !variable.getName().endsWith("_FILE"))
			// Backup and restore are two more, without a store and with one.
			.hasSize(Declaration.FUNCTIONS.withDatabase().size() + 4)
			.allMatch((variable) -> variable.getValue() == null && variable.getValueFrom().getSecretKeyRef() != null);
	}

	@Test
	void eachFunctionHasASecretOfItsOwn() {
		assertThat(ALL).filteredOn(Service.class::isInstance)
			.filteredOn((service) -> PodTemplates.containers(service)
				.get(0)
				.getEnv()
				.stream()
				.anyMatch((variable) -> variable.getValueFrom() != null))
			.hasSizeGreaterThan(1)
			.allSatisfy((service) -> assertThat(PodTemplates.containers(service).get(0).getEnv())
				.filteredOn((variable) -> variable.getValueFrom() != null
						&& variable.getValueFrom().getConfigMapKeyRef() == null)
				.extracting((variable) -> variable.getValueFrom().getSecretKeyRef().getName())
				.containsOnly(service.getMetadata().getName() + "-database"));
	}

	@Test
	void whatIsPublishedCanNotUseUpPostgresConnections() {
		int asked = ALL.stream()
			.filter(Service.class::isInstance)
			.map(Service.class::cast)
			.mapToInt((service) -> 2 * connections(service) * maxScale(service))
			.sum();
		String configuration = ALL.stream()
			.filter(ConfigMap.class::isInstance)
			.map((map) -> ((ConfigMap) map).getData().get("postgresql.conf"))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow();
		int maximum = Integer.parseInt(configuration.replaceFirst("(?s).*\nmax_connections = (\\d+)\n.*", "$1"));
		// Three connections are for the setup, and Postgres reserves three for its
		// superuser.
		assertThat(asked).isPositive().isLessThanOrEqualTo(maximum - 6);
	}

	/** Apart from where Postgres is, it is the same installation. */
	@Test
	void theExternalInstallationHasNoPostgresAndIsTheSameOtherwise() {
		List<HasMetadata> external = Manifests.parse(Project.read(Project.EXTERNAL));
		List<HasMetadata> own = Manifests.parse(Project.read(Project.INSTALL));
		List<String> postgres = List.of("ConfigMap", "StatefulSet", "Service postgres-headless", "Service postgres",
				"NetworkPolicy postgres");
		assertThat(external).extracting(PublishedTests::name)
			.containsExactlyElementsOf(own.stream()
				.map(PublishedTests::name)
				.filter((name) -> postgres.stream().noneMatch((each) -> (name + " ").startsWith(each + " ")))
				.toList());
		assertThat(PodTemplates.of(external)).allSatisfy((pod) -> RestrictedProfile.check(pod.getSpec()));
		assertThat(external).filteredOn(Service.class::isInstance)
			.filteredOn((service) -> connections((Service) service) > 0)
			.hasSize(Declaration.FUNCTIONS.withDatabase().size())
			.allSatisfy((service) -> assertThat(PodTemplates.containers(service).get(0).getEnv())
				.extracting(EnvVar::getName)
				.containsSubsequence("POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_DATABASE", "POSTGRES_SSLMODE",
						"SPRING_R2DBC_URL"));
		assertThat(external).filteredOn(Job.class::isInstance)
			.flatExtracting(PodTemplates::containers)
			.flatExtracting(Container::getEnv)
			.extracting(EnvVar::getName)
			.containsExactly(Declaration.FUNCTIONS.csvVariable());
	}

	/** The JVM takes the AOT cache of the directory in which it starts. */
	@Test
	void onlyFunctionsThatConnectWithTlsStartWithItsCache() {
		List<String> installations = List.of(Project.INSTALL, Project.EXTERNAL, Project.CLOUDNATIVE_PG);
		List<Container> functions = installations.stream()
			.flatMap((installation) -> Manifests.parse(Project.read(installation)).stream())
			.filter(Service.class::isInstance)
			.flatMap((service) -> PodTemplates.containers(service).stream())
			.toList();
		assertThat(functions).hasSize(installations.size() * Declaration.FUNCTIONS.all().size())
			.allSatisfy((container) -> assertThat(container.getWorkingDir())
				.isEqualTo(container.getEnv().toString().contains("sslMode=") ? "/app/tls" : null));
	}

	/** Apart from where Postgres is, it is the same installation here, too. */
	@Test
	void theInstallationWithCloudNativePgChecksCertificatesAndHasNoSuperuser() {
		List<HasMetadata> all = Manifests.parse(Project.read(Project.CLOUDNATIVE_PG));
		assertThat(all).filteredOn(GenericKubernetesResource.class::isInstance)
			.extracting(PublishedTests::name)
			.containsExactly("Cluster postgres", "Pooler postgres-pooler");
		assertThat(all).noneMatch(Secret.class::isInstance)
			.allSatisfy((resource) -> assertThat(resource.getMetadata().getLabels())
				.containsKeys("app.kubernetes.io/name", "app.kubernetes.io/part-of"));
		assertThat(PodTemplates.of(all)).hasSize(Declaration.FUNCTIONS.all().size() + 1)
			.allSatisfy((pod) -> RestrictedProfile.check(pod.getSpec()));
		assertThat(all).filteredOn(Service.class::isInstance)
			.filteredOn((service) -> connections((Service) service) > 0)
			.hasSize(Declaration.FUNCTIONS.withDatabase().size())
			.allSatisfy((service) -> assertThat(PodTemplates.containers(service).get(0).getEnv())
				.filteredOn((variable) -> "SPRING_R2DBC_URL".equals(variable.getName()))
				.extracting(EnvVar::getValue)
				.allMatch((url) -> url.contains("//postgres-pooler:5432/") && url.contains("sslMode=verify-full")));
		assertThat(all).filteredOn(Job.class::isInstance)
			.flatExtracting(PodTemplates::containers)
			.flatExtracting(Container::getEnv)
			.anyMatch((variable) -> "POSTGRES_URL".equals(variable.getName())
					&& variable.getValue().contains("sslmode=verify-full"))
			.anyMatch((variable) -> "POSTGRES_USERNAME".equals(variable.getName()));
	}

	/** In a fork, too, nobody is woken up by what happens in another namespace. */
	@Test
	void whatIsMonitoredIsThisInstallationAlone() {
		List<HasMetadata> monitoring = Manifests.parse(Project.read("install/monitoring.yaml"));
		assertThat(monitoring).extracting(HasMetadata::getKind)
			.containsExactlyInAnyOrder("ConfigMap", "PodMonitor", "PrometheusRule");
		assertThat(monitoring).allSatisfy((resource) -> {
			checkLabels(resource.getMetadata().getLabels());
			assertThat(resource.getMetadata().getNamespace()).isEqualTo(Declaration.FUNCTIONS.database());
		});
		assertThat(Project.read("install/monitoring.yaml")).containsPattern("\\w\\{namespace=")
			.doesNotContainPattern("\\w\\{(?!namespace=\\W*" + Declaration.FUNCTIONS.database() + "\\W)");
	}

	private static String name(HasMetadata resource) {
		// The Job's and the ConfigMap's names end with a hash.
		boolean hashed = resource instanceof Job || resource instanceof ConfigMap;
		return resource.getKind() + (hashed ? "" : " " + resource.getMetadata().getName());
	}

	private static int connections(Service service) {
		return PodTemplates.containers(service)
			.get(0)
			.getEnv()
			.stream()
			.filter((variable) -> "SPRING_R2DBC_POOL_MAX_SIZE".equals(variable.getName()))
			.map(EnvVar::getValue)
			.mapToInt(Integer::parseInt)
			.sum();
	}

	private static int maxScale(Service service) {
		return Integer.parseInt(service.getSpec()
			.getTemplate()
			.getMetadata()
			.getAnnotations()
			.get("autoscaling.knative.dev/max-scale"));
	}

	private static List<Container> containers() {
		return PODS.stream().map(PodTemplateSpec::getSpec).flatMap(RestrictedProfile::containers).toList();
	}

}
