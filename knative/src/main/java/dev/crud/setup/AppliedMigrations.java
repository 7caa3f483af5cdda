package dev.crud.setup;

import java.util.Map;

import dev.crud.knative.SchemaVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;

/**
 * The ConfigMap that says which migrations the database has. The pods of a function wait
 * until it has the version that they were made for; see {@link SchemaVersion}.
 */
final class AppliedMigrations {

	private AppliedMigrations() {
	}

	/**
	 * Writes the ConfigMap.
	 * @param kubernetes the cluster
	 * @param applied the migrations: their descriptions by version
	 */
	static void publish(KubernetesClient kubernetes, Map<String, String> applied) {
		ConfigMap map = new ConfigMapBuilder().withNewMetadata()
			.withName(SchemaVersion.CONFIG_MAP)
			.withLabels(SecretCredentials.labels("setup"))
			.addToLabels("app.kubernetes.io/name", SchemaVersion.CONFIG_MAP)
			.endMetadata()
			.withData(applied)
			.build();
		try {
			kubernetes.configMaps().resource(map).createOr(NonDeletingOperation::update);
		}
		catch (KubernetesClientException ex) {
			throw new SetupException("ConfigMap " + SchemaVersion.CONFIG_MAP + " could not be written", ex);
		}
	}

}
