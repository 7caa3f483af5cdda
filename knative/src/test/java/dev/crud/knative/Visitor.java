package dev.crud.knative;

import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * Runs a temporary pod that opens connections.
 *
 * @param cluster the namespace it is in
 * @param name the name of the pod
 */
record Visitor(Cluster cluster, String name) implements AutoCloseable {

	/** A pod with a shell, which conforms to the restricted profile. */
	private static final String POD = """
			apiVersion: v1
			kind: Pod
			metadata:
			  name: %s
			  labels: {app.kubernetes.io/component: %s}
			spec:
			  automountServiceAccountToken: false
			  terminationGracePeriodSeconds: 1
			  securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
			  containers:
			    - name: visitor
			      image: %s
			      imagePullPolicy: IfNotPresent
			      command: [sleep, infinity]
			      resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {memory: 64Mi}}
			      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
			""";

	/**
	 * Starts a visitor.
	 * @param cluster the namespace to start it in
	 * @param name the name of the pod
	 * @param component the value of its label
	 * @return the running pod
	 */
	static Visitor start(Cluster cluster, String name, String component) {
		cluster.kubectlReading(POD.formatted(name, component, Images.POSTGRES), "apply", "--filename", "-");
		cluster.kubectl("wait", "pod", name, "--for=condition=Ready", "--timeout=2m");
		return new Visitor(cluster, name);
	}

	/** Returns whether a new connection is accepted within 3 s. */
	boolean reaches(String host, int port) {
		return succeeds("timeout 3 bash -c '</dev/tcp/%s/%d' 2>/dev/null".formatted(host, port));
	}

	boolean resolves(String host) {
		return succeeds("getent hosts " + host);
	}

	private boolean succeeds(String command) {
		return this.cluster
			.kubectl("exec", this.name, "--", "bash", "-c", "if " + command + "; then echo yes; else echo no; fi")
			.contains("yes");
	}

	/**
	 * Waits until a connection is refused, because policies take effect a little after a
	 * pod has started.
	 */
	void awaitShut(String host, int port) {
		Awaitility.await(host + " is shut for " + this.name)
			.atMost(Duration.ofSeconds(30))
			.until(() -> !reaches(host, port));
	}

	@Override
	public void close() {
		this.cluster.kubectl("delete", "pod", this.name, "--now");
	}

}
