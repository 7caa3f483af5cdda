package dev.crud.setup;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * Reads and creates Secrets for the tests.
 *
 * @param kubernetes the API
 */
record Secrets(KubernetesClient kubernetes) {

	/**
	 * The reference keeps the logger's level from being lost with the logger, which would
	 * then log every request.
	 */
	private static final Logger SERVER = Logger.getLogger("io.fabric8.mockwebserver");

	static {
		SERVER.setLevel(Level.WARNING);
	}

	void create(String name, Map<String, String> values) {
		Map<String, String> data = new HashMap<>();
		values.forEach((key, value) -> data.put(key,
				Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
		this.kubernetes.secrets()
			.resource(new SecretBuilder().withNewMetadata()
				.withName(name)
				.addToLabels("mine", "true")
				.endMetadata()
				.withData(data)
				.build())
			.create();
	}

	void delete(String name) {
		this.kubernetes.secrets().withName(name).delete();
	}

	void deleteAll() {
		this.kubernetes.secrets().delete();
	}

	List<String> names() {
		return all().stream().map((secret) -> secret.getMetadata().getName()).sorted().toList();
	}

	String value(String name, String key) {
		String encoded = this.kubernetes.secrets().withName(name).get().getData().get(key);
		return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
	}

	/**
	 * Returns each Secret as it is now, with its version.
	 * @return YAML by name
	 */
	Map<String, String> state() {
		Map<String, String> state = new HashMap<>();
		all().forEach((secret) -> state.put(secret.getMetadata().getName(), Serialization.asYaml(secret)));
		return state;
	}

	List<String> passwords() {
		return all().stream()
			.filter((secret) -> secret.getData() != null && secret.getData().containsKey("password"))
			.map((secret) -> value(secret.getMetadata().getName(), "password"))
			.toList();
	}

	private List<Secret> all() {
		return this.kubernetes.secrets().list().getItems();
	}

}
