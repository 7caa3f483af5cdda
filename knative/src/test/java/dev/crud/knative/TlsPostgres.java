package dev.crud.knative;

import java.time.Duration;
import java.util.Base64;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Runs a Postgres with TLS in a namespace of its own, with an administrator who is no
 * superuser, as others would run it.
 *
 * @param authority the certificate of its authority, as PEM
 */
record TlsPostgres(String authority) implements AutoCloseable {

	static final String PASSWORD = "of-the-administrator";

	private static final Cluster CLUSTER = new Cluster("databases");

	private static final String RESOURCES = """
			apiVersion: v1
			kind: Namespace
			metadata: {name: databases}
			---
			apiVersion: v1
			kind: Secret
			metadata: {name: certificate, namespace: databases}
			data: {tls.crt: %s, tls.key: %s}
			---
			apiVersion: v1
			kind: Service
			metadata: {name: postgres, namespace: databases}
			spec: {selector: {app: postgres}, ports: [{port: 5432}]}
			---
			apiVersion: v1
			kind: Pod
			metadata: {name: postgres, namespace: databases, labels: {app: postgres}}
			spec:
			  securityContext: {runAsUser: 999, runAsGroup: 999, fsGroup: 999}
			  containers:
			    - name: postgres
			      image: %s
			      imagePullPolicy: IfNotPresent
			      args: [-c, ssl=on, -c, ssl_cert_file=/tls/tls.crt, -c, ssl_key_file=/tls/tls.key, -c, max_connections=200]
			      env: [{name: POSTGRES_PASSWORD, value: of-the-superuser}]
			      resources: {requests: {cpu: 50m, memory: 128Mi}}
			      volumeMounts: [{name: certificate, mountPath: /tls}]
			  volumes:
			    - name: certificate
			      secret: {secretName: certificate, defaultMode: 0440}
			""";

	static TlsPostgres start() {
		X509Bundle authority = certificate(
				new CertificateBuilder().subject("CN=authority").setIsCertificateAuthority(true)::buildSelfSigned);
		X509Bundle server = certificate(() -> new CertificateBuilder().subject("CN=postgres")
			.addSanDnsName("postgres.databases")
			.buildIssuedBy(authority));
		CLUSTER.kubectlReading(RESOURCES.formatted(base64(server.getCertificatePEM()),
				base64(server.getPrivateKeyPEM()), Images.POSTGRES), "apply", "--filename", "-");
		TlsPostgres postgres = new TlsPostgres(authority.getCertificatePEM());
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.ignoreExceptionsMatching(AssertionError.class::isInstance)
			.until(() -> postgres.sql("CREATE ROLE administrator LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'"),
					(output) -> true);
		postgres.sql("CREATE DATABASE passengers OWNER administrator");
		return postgres;
	}

	/**
	 * Runs SQL as the superuser. The port answers only when the server has been
	 * initialized.
	 */
	String sql(String statement) {
		return CLUSTER
			.kubectl("exec", "postgres", "--", "env", "PGPASSWORD=of-the-superuser", "psql", "-qAtX", "-h", "127.0.0.1",
					"-U", "postgres", "-c", statement)
			.strip();
	}

	@Override
	public void close() {
		CLUSTER.kubectl("delete", "namespace", "databases", "--wait=false");
	}

	private static X509Bundle certificate(Maker maker) {
		try {
			return maker.make();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
	}

	/** Makes a certificate, which may fail. */
	private interface Maker {

		X509Bundle make() throws Exception;

	}

}
