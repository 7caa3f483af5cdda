package dev.crud.knative;

import dev.crud.function.FunctionDeclaration;

import java.util.List;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;

/**
 * The rights of the setup Job: to create Secrets and a ConfigMap, and to read and update
 * those of Postgres and of the functions.
 */
final class SetupRole {

	private SetupRole() {
	}

	static Role of(List<FunctionDeclaration> functions) {
		List<String> secrets = Stream
			.concat(functions.stream().filter(FunctionDeclaration::usesDatabase).map(FunctionDeclaration::secret),
					Stream.of("postgres"))
			.sorted()
			.toList();
		// @formatter:off
		return new RoleBuilder()
			.withNewMetadata()
				.withName("setup")
				.addToLabels("app.kubernetes.io/component", "setup")
				.addToLabels("app.kubernetes.io/name", "setup")
			.endMetadata()
			// Kubernetes can't restrict create by name, because a request to create does not have one yet.
			.addNewRule().withApiGroups("").withResources("secrets", "configmaps").withVerbs("create").endRule()
			.addNewRule().withApiGroups("").withResources("secrets").withResourceNames(secrets)
				.withVerbs("get", "update").endRule()
			.addNewRule().withApiGroups("").withResources("configmaps").withResourceNames(SchemaVersion.CONFIG_MAP)
				.withVerbs("get", "update").endRule()
			.build();
		// @formatter:on
	}

}
