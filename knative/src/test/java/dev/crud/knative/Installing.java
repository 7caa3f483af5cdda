package dev.crud.knative;

import dev.crud.Declaration;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the guide up to the section about one's own data.
 */
interface Installing {

	String LIST = "curl --fail " + Guide.FORWARDED
			+ " \"$(kn service describe passengerlist -n passengers -o url)/passengerlist?limit=3\"";

	@Test
	@Order(1)
	default void oneApplyBringsUpSevenFunctions() {
		long start = System.nanoTime();
		String applied = Installation.apply();
		System.out.printf("From kubectl apply to seven ready Services: %.0f s%n", (System.nanoTime() - start) / 1e9);
		assertThat(applied.lines()).as("nothing breaks a rule").allMatch((line) -> line.endsWith(" created"));
		String list = Guide.run("kn service list -n passengers");
		System.out.println(list);
		assertThat(list.lines().skip(1)).hasSize(Declaration.FUNCTIONS.all().size())
			.allMatch((line) -> line.matches(".* True *"));
	}

	@Test
	@Order(2)
	default void eachFunctionAnswersAtItsOwnUrl() throws IOException {
		Http http = Cluster.PASSENGERS.functions();
		assertThat(http.send("GET", "/hello").body()).isEqualTo("{\"message\":\"ok\"}");
		assertThat(http.send("GET", "/zero").body()).isEqualTo("{\"0\":\"\"}");
		http.takeRoundTrip();
		Http hello = Cluster.PASSENGERS.service("hello");
		assertThat(hello.send("GET", "/").body()).isEqualTo("{\"message\":\"ok\"}");
		assertThat(hello.send("GET", "/passengerlist").statusCode()).isEqualTo(404);
		Guide.start("kubectl port-forward -n kourier-system service/kourier 8888:80");
		assertThat(Guide.await(LIST)).contains("\"uuid\"");
	}

	/** Without a domain, the names are for use within the cluster only. */
	@Test
	@Order(3)
	default void aKnativeWithoutADomainGetsOne() {
		Set<String> domains = Installation.domains();
		Installation.forgetDomains();
		Installation.awaitDomains(Set.of("svc.cluster.local"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Guide.run(LIST)).withMessageContaining("404");
		Guide.run(
				"kubectl patch configmap config-domain -n knative-serving -p '{\"data\":{\"knative.example.com\":\"\"}}'");
		Installation.awaitDomains(Set.of("knative.example.com"));
		assertThat(Guide.await(LIST)).contains("\"uuid\"");
		Settings.KNATIVE.putBack("config-domain");
		Installation.awaitDomains(domains);
	}

	@Test
	@Order(4)
	default void allFunctionsAnswerAtTheSingleHost() {
		assertThat(Guide.run(Installation.APPLY_SINGLE_HOST).lines()).allMatch((line) -> line.endsWith(" created"));
		Guide.run("kubectl wait ksvc single-host -n passengers --for=condition=Ready --timeout=10m");
		Http http = Cluster.PASSENGERS.service("single-host");
		assertThat(http.send("GET", "/hello").body()).isEqualTo("{\"message\":\"ok\"}");
		assertThat(http.send("GET", "/zero").body()).isEqualTo("{\"0\":\"\"}");
		http.takeRoundTrip();
		assertThat(Guide.run("curl --fail " + Guide.FORWARDED
				+ " \"$(kn service describe single-host -n passengers -o url)/hello\""))
			.contains("{\"message\":\"ok\"}");
		Guide.run("kubectl patch configmap config-network -n knative-serving "
				+ "-p '{\"data\":{\"autocreate-cluster-domain-claims\":\"true\"}}'");
		Guide.await("kn domain create passengers.example.com --ref single-host -n passengers");
		assertThat(Guide.await("curl --fail " + Guide.FORWARDED + " http://passengers.example.com/hello"))
			.contains("{\"message\":\"ok\"}");
	}

	@Test
	@Order(5)
	default void theSameYamlAppliedAgainChangesNothing() {
		List<String> before = Installation.state();
		assertThat(Installation.apply().lines()).allMatch((line) -> line.endsWith(" unchanged"));
		assertThat(Guide.run(Installation.APPLY_SINGLE_HOST).lines()).allMatch((line) -> line.endsWith(" unchanged"));
		assertThat(Installation.state()).isEqualTo(before).hasSizeGreaterThan(30);
	}

}
