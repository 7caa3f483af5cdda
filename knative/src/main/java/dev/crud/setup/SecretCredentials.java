package dev.crud.setup;

import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/**
 * Credentials in Secrets of the namespace that the setup runs in.
 */
final class SecretCredentials extends Credentials {

	private static final int ATTEMPTS = 10;

	private final KubernetesClient kubernetes;

	SecretCredentials(KubernetesClient kubernetes, Consumer<String> log) {
		super(log);
		this.kubernetes = kubernetes;
	}

	@Override
	boolean update(String name, Set<String> keys, UnaryOperator<Map<String, String>> change) {
		for (int attempt = 1;; attempt++) {
			try {
				return tryToUpdate(name, change);
			}
			catch (KubernetesClientException ex) {
				// On a conflict, another setup has created or changed it in the meantime.
				if (ex.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
					throw new SetupException("Secret " + name + " could not be stored", ex);
				}
			}
		}
	}

	private boolean tryToUpdate(String name, UnaryOperator<Map<String, String>> change) {
		Secret found = find(name);
		Map<String, String> values = change.apply(data(found));
		if (found == null) {
			Secret secret = new SecretBuilder().withNewMetadata()
				.withName(name)
				.withLabels(labels("credentials"))
				.addToLabels("app.kubernetes.io/name", name)
				.endMetadata()
				.withType("Opaque")
				.withData(each(values, SecretCredentials::encode))
				.build();
			this.kubernetes.secrets().resource(secret).create();
		}
		else if (!values.isEmpty()) {
			Map<String, String> encoded = each(values, SecretCredentials::encode);
			// With the resource version that was found, so that it fails if that has
			// changed.
			this.kubernetes.secrets().resource(new SecretBuilder(found).addToData(encoded).build()).update();
		}
		return !values.isEmpty();
	}

	@Override
	Map<String, String> read(String name, Set<String> keys) {
		try {
			return data(find(name));
		}
		catch (KubernetesClientException ex) {
			throw new SetupException("Secret " + name + " could not be read", ex);
		}
	}

	/** Returns the labels of what the setup makes, without the name. */
	static Map<String, String> labels(String component) {
		return Map.of("app.kubernetes.io/component", component, "app.kubernetes.io/part-of", Setup.FUNCTIONS.image(),
				"app.kubernetes.io/managed-by", Setup.FUNCTIONS.setupImage());
	}

	private @Nullable Secret find(String name) {
		return this.kubernetes.secrets().withName(name).get();
	}

	private static Map<String, String> data(@Nullable Secret secret) {
		return (secret != null && secret.getData() != null) ? each(secret.getData(), SecretCredentials::decode)
				: Map.of();
	}

	private static Map<String, String> each(Map<String, String> values, UnaryOperator<String> change) {
		Map<String, String> changed = new LinkedHashMap<>();
		values.forEach((key, value) -> changed.put(key, change.apply(value)));
		return changed;
	}

	private static String encode(String value) {
		return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
	}

	private static String decode(String value) {
		return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
	}

}
