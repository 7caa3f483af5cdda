package dev.crud.setup;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that Secrets are created and completed on a mock Kubernetes API.
 */
@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init")
class SecretCredentialsTests {

	private static final Role A = new Role("a", "a");

	KubernetesClient client;

	KubernetesMockServer server;

	private final List<String> log = new CopyOnWriteArrayList<>();

	@Test
	void everyPasswordIsAnother() {
		assertThat(List.of(credentials().superuser(), credentials().login(A, "a").password(),
				credentials().login(new Role("b", "b"), "b").password()))
			.doesNotHaveDuplicates()
			.allMatch((password) -> password.matches("[A-Za-z0-9_-]{43}"));
	}

	@Test
	void whatIsThereIsKeptAsItIs() {
		secrets().create("postgres", Map.of("password", "chosen"));
		Map<String, String> before = secrets().state();
		assertThat(credentials().superuser()).isEqualTo("chosen");
		assertThat(secrets().state()).isEqualTo(before);
		assertThat(this.log).containsExactly("Credentials postgres: already there");
	}

	@Test
	void missingKeyIsAddedAndTheRestIsKept() {
		secrets().create("a-database", Map.of("password", "chosen", "more", "kept"));
		assertThat(credentials().login(A, "a").password()).isEqualTo("chosen");
		assertThat(secrets().value("a-database", "username")).isEqualTo("a");
		assertThat(secrets().value("a-database", "more")).isEqualTo("kept");
		assertThat(this.client.secrets().withName("a-database").get().getMetadata().getLabels()).containsEntry("mine",
				"true");
	}

	@Test
	void emptyPasswordIsFilledIn() {
		secrets().create("a-database", Map.of("username", "a", "password", ""));
		assertThat(credentials().login(A, "a").password()).hasSize(43)
			.isEqualTo(secrets().value("a-database", "password"));
	}

	@Test
	void secretWithoutAnyDataIsFilledIn() {
		secrets().create("postgres", Map.of());
		assertThat(credentials().superuser()).hasSize(43).isEqualTo(secrets().value("postgres", "password"));
	}

	@Test
	void manyAtOnceAgree() {
		List<String> passwords = IntStream.range(0, 16)
			.parallel()
			.mapToObj((i) -> credentials().superuser())
			.distinct()
			.toList();
		assertThat(passwords).containsExactly(secrets().value("postgres", "password"));
		assertThat(this.log).hasSize(16).contains("Credentials postgres: created");
	}

	@Test
	void manyAtOnceAgreeOnWhatIsMissing() {
		secrets().create("a-database", Map.of("username", "a"));
		List<String> passwords = IntStream.range(0, 16)
			.parallel()
			.mapToObj((i) -> credentials().login(A, "a").password())
			.distinct()
			.toList();
		assertThat(passwords).containsExactly(secrets().value("a-database", "password"));
	}

	@Test
	void refusalIsTold() {
		this.server.expect()
			.get()
			.withPath("/api/v1/namespaces/test/secrets/postgres")
			.andReturn(403, new StatusBuilder().withCode(403).withMessage("secrets is forbidden").build())
			.always();
		assertThatExceptionOfType(SetupException.class).isThrownBy(() -> credentials().superuser())
			.withMessageContaining("Secret postgres could not be stored")
			.withMessageContaining("secrets is forbidden");
	}

	private Credentials credentials() {
		return new SecretCredentials(this.client, this.log::add);
	}

	private Secrets secrets() {
		return new Secrets(this.client);
	}

}
