package dev.crud.knative;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.APIGroupList;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests that settings are changed and put back, on a mock Kubernetes API.
 */
@EnableKubernetesMockClient(crud = true, https = false)
@SuppressWarnings("NullAway.Init")
class SettingsTests {

	/**
	 * The reference keeps the logger's level from being lost with the logger, which would
	 * then log every request.
	 */
	private static final Logger SERVER = Logger.getLogger("io.fabric8.mockwebserver");

	static {
		SERVER.setLevel(Level.WARNING);
	}

	KubernetesClient client;

	KubernetesMockServer server;

	@TempDir
	Path cache;

	private Settings settings;

	@BeforeEach
	void makeTwoConfigMapsThatKubectlFinds() {
		Project.needs("kubectl");
		discover("/api", Map.of("kind", "APIVersions", "versions", List.of("v1")));
		discover("/apis", new APIGroupList());
		discover("/api/v1",
				new APIResourceListBuilder().withGroupVersion("v1")
					.addToResources(new APIResourceBuilder().withKind("ConfigMap")
						.withName("configmaps")
						.withSingularName("configmap")
						.withNamespaced(true)
						.withVerbs("get", "patch")
						.build())
					.build());
		create("one", Map.of("kept", "1", "changed", "2"));
		create("two", Map.of("changed", "3"));
		this.settings = new Settings(this::kubectl, Duration.ofSeconds(2));
	}

	private void discover(String path, Object answer) {
		this.server.expect().get().withPath(path + "?timeout=32s").andReturn(200, answer).always();
	}

	private void create(String name, Map<String, String> data) {
		this.client.configMaps()
			.resource(new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().withData(data).build())
			.create();
	}

	private String kubectl(List<String> arguments) {
		return Command.run("",
				Stream
					.concat(Stream.of("kubectl", "--server", this.client.getMasterUrl().toString(), "--cache-dir",
							this.cache.toString(), "--namespace", this.client.getNamespace()), arguments.stream())
					.toList());
	}

	private Map<String, String> data(String name) {
		ConfigMap map = this.client.configMaps().withName(name).get();
		return map.getData();
	}

	@Test
	void whatWasChangedAddedAndTakenAwayIsPutBack() {
		Map<String, @Nullable String> changes = new HashMap<>(Map.of("changed", "other", "added", "new"));
		changes.put("kept", null);
		this.settings.set("one", changes);
		assertThat(data("one")).isEqualTo(Map.of("changed", "other", "added", "new"));
		this.settings.close();
		assertThat(data("one")).isEqualTo(Map.of("kept", "1", "changed", "2"));
	}

	@Test
	void whatIsRememberedIsHowItWasFirst() {
		this.settings.remember("one");
		this.settings.set("one", Map.of("changed", "other"));
		this.settings.set("one", Map.of("changed", "another"));
		this.settings.putBack("one");
		assertThat(data("one")).isEqualTo(Map.of("kept", "1", "changed", "2"));
	}

	@Test
	void whatSomebodyElseHasChangedIsPutBack() {
		this.settings.remember("two");
		this.client.configMaps().withName("two").edit((map) -> new ConfigMapBuilder(map).addToData("b", "c").build());
		this.settings.close();
		assertThat(data("two")).isEqualTo(Map.of("changed", "3"));
	}

	@Test
	void aTestThatFailsPutsBackToo() {
		assertThatIllegalStateException().isThrownBy(() -> {
			try (Settings changed = this.settings) {
				changed.set("one", Map.of("changed", "other"));
				throw new IllegalStateException("fails");
			}
		});
		assertThat(data("one")).isEqualTo(Map.of("kept", "1", "changed", "2"));
	}

	@Test
	void whatIsRefusedForAMomentIsPutBackAllTheSame() {
		AtomicInteger patches = new AtomicInteger();
		Settings patient = new Settings((arguments) -> {
			int patch = arguments.contains("patch") ? patches.incrementAndGet() : 0;
			// The first changes it, two are refused.
			assertThat(patch).isNotIn(2, 3);
			return kubectl(arguments);
		}, Duration.ofMinutes(1));
		patient.set("one", Map.of("changed", "other"));
		patient.close();
		assertThat(patches).hasValue(4);
		assertThat(data("one")).isEqualTo(Map.of("kept", "1", "changed", "2"));
	}

	@Test
	void oneThatCanNotBePutBackKeepsNoOtherFromIt() {
		this.settings.set("one", Map.of("changed", "other"));
		this.settings.set("two", Map.of("changed", "other"));
		this.client.configMaps().withName("one").delete();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.settings::close)
			.satisfies((failed) -> assertThat(failed.getSuppressed()).hasSize(1));
		assertThat(data("two")).isEqualTo(Map.of("changed", "3"));
	}

}
