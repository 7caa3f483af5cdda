package dev.crud.knative;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes ConfigMaps for a test, and puts them back as they were.
 */
final class Settings implements AutoCloseable {

	static final Settings KNATIVE = new Settings(
			(arguments) -> Cluster.KNATIVE.kubectl(arguments.toArray(String[]::new)), Duration.ofMinutes(3));

	private final Function<List<String>, String> kubectl;

	private final Duration patience;

	private final Map<String, Map<String, String>> found = new LinkedHashMap<>();

	/**
	 * Creates settings without changing anything.
	 * @param kubectl runs {@code kubectl} with the given arguments in the namespace of
	 * the ConfigMaps
	 * @param patience how long putting one back is tried again: Knative's webhook, which
	 * must agree, may be away for a moment
	 */
	Settings(Function<List<String>, String> kubectl, Duration patience) {
		this.kubectl = kubectl;
		this.patience = patience;
	}

	/** Remembers a ConfigMap as it is now, unless it is already remembered. */
	void remember(String configMap) {
		if (!this.found.containsKey(configMap)) {
			this.found.put(configMap, read(configMap));
		}
	}

	/**
	 * Reads a ConfigMap.
	 * @param configMap its name
	 * @return its current content
	 */
	Map<String, String> read(String configMap) {
		String json = this.kubectl.apply(List.of("get", "configmap", configMap, "--output", "json"));
		return Objects.requireNonNullElse(Serialization.unmarshal(json, ConfigMap.class).getData(), Map.of());
	}

	/**
	 * Changes values, after remembering what was there.
	 * @param configMap its name
	 * @param changes the new values by key; {@code null} removes a key
	 */
	void set(String configMap, Map<String, @Nullable String> changes) {
		remember(configMap);
		Map<String, @Nullable String> values = new TreeMap<>(read(configMap));
		values.putAll(changes);
		values.values().removeIf(Objects::isNull);
		write(configMap, values);
	}

	private void write(String configMap, Map<String, ?> values) {
		String patch = Serialization.asJson(List.of(Map.of("op", "add", "path", "/data", "value", values)));
		String told = this.kubectl.apply(List.of("patch", "configmap", configMap, "--type", "json", "--patch", patch));
		assertThat(told).contains("patched");
	}

	/**
	 * Puts a ConfigMap back as it was found, even if something else has changed it since.
	 */
	void putBack(String configMap) {
		Map<String, String> before = Objects.requireNonNull(this.found.get(configMap));
		if (!read(configMap).equals(before)) {
			write(configMap, before);
		}
	}

	/** Puts all ConfigMaps back, the others even when one of them can't be. */
	@Override
	public void close() {
		AssertionError failed = new AssertionError("Not all settings could be put back");
		for (String configMap : this.found.keySet()) {
			try {
				Awaitility.await().atMost(this.patience).untilAsserted(() -> putBack(configMap));
			}
			catch (RuntimeException ex) {
				failed.addSuppressed(ex);
			}
		}
		this.found.clear();
		if (failed.getSuppressed().length > 0) {
			throw failed;
		}
	}

}
