package dev.crud.knative;

import dev.crud.function.FunctionDeclaration;

import dev.crud.Declaration;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Talks to a namespace of the current cluster of {@code kubectl} and {@code kn}.
 *
 * @param namespace the name of the namespace
 */
record Cluster(String namespace) {

	static final Cluster PASSENGERS = new Cluster("passengers");

	/** A namespace without policies. */
	static final Cluster OTHER = new Cluster("passengers-other");

	/** Where Knative itself is. */
	static final Cluster KNATIVE = new Cluster("knative-serving");

	/** The address of Knative's ingress for HTTP from outside. */
	static final InetSocketAddress INGRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(),
			Integer.parseInt(System.getenv().getOrDefault("CLUSTER_PORT", "8000")));

	/** Sends everything to the ingress, as if DNS led there. */
	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.proxy(ProxySelector.of(INGRESS))
		.build();

	String kubectl(String... arguments) {
		return kubectlReading("", arguments);
	}

	String kubectlReading(String input, String... arguments) {
		List<String> command = new ArrayList<>(List.of("kubectl", "--namespace", this.namespace));
		command.addAll(List.of(arguments));
		return Command.run(input, command);
	}

	String kn(String... arguments) {
		List<String> command = new ArrayList<>(List.of("kn"));
		command.addAll(List.of(arguments));
		command.addAll(List.of("--namespace", this.namespace));
		return Command.run("", command);
	}

	/** Restarts a Deployment, and waits until it has. */
	void restart(String deployment) {
		kubectl("rollout", "restart", "deployment/" + deployment);
		awaitRestart(deployment);
	}

	/** Waits until a Deployment has restarted. */
	void awaitRestart(String deployment) {
		kubectl("rollout", "status", "deployment/" + deployment, "--timeout=3m");
	}

	/** Runs SQL as the superuser, in Postgres's pod. */
	String sql(String statements) {
		return kubectlReading(statements, "exec", "--stdin", "postgres-0", "--", "psql", "-qAtX", "-U", "postgres",
				"-d", "passengers")
			.strip();
	}

	/** Returns a client for the functions, each at its own URL. */
	Http functions() {
		Map<String, String> urls = Declaration.FUNCTIONS.all()
			.stream()
			.map(FunctionDeclaration::name)
			.collect(Collectors.toMap(Function.identity(), this::url));
		return new Http(CLIENT, (function) -> Objects.requireNonNull(urls.get(function)));
	}

	/** Returns a client for the URL of a Service. */
	Http service(String name) {
		String url = url(name);
		return new Http(CLIENT, (function) -> url);
	}

	private String url(String service) {
		return kn("service", "describe", service, "--output", "url").strip();
	}

	/**
	 * Returns a field of each pod of a Service or a revision, including pods that are
	 * terminating.
	 */
	List<String> pods(String selector, String field) {
		return kubectl("get", "pods", "--selector", selector, "--output",
				"jsonpath={range .items[*]}{" + field + "}{\"\\n\"}{end}")
			.lines()
			.toList();
	}

}
