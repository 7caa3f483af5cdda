package dev.crud.knative;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests installations that differ: with a Postgres that others run, and in another
 * namespace.
 */
interface Choosing {

	String SECRET = "kubectl create secret generic postgres -n passengers --from-literal=host=postgres.databases "
			+ "--from-literal=port=5432 --from-literal=database=passengers --from-literal=username=administrator "
			+ "--from-file=password --from-literal=sslmode=verify-full --from-file=ca.crt";

	String NEW_PASSWORD = "of-the-administrator-from-now-on";

	String STAGING = "sed -E 's/^( *(namespace|  name)): passengers$/\\1: staging/' install/passengers.yaml "
			+ "| kubectl apply -f -";

	@Test
	@Order(14)
	default void aPostgresThatOthersRunIsUsedWithTls() {
		try (TlsPostgres postgres = TlsPostgres.start()) {
			Guide.write("password", TlsPostgres.PASSWORD);
			Guide.write("ca.crt", postgres.authority());
			Guide.run("kubectl create namespace passengers");
			Guide.run(SECRET);
			Guide.run("kubectl apply -f install/passengers-external.yaml");
			Guide.run(Installation.SETUP_DONE);
			Guide.run(Installation.READY);
			Cluster.PASSENGERS.functions().takeRoundTrip();
			assertThat(postgres.sql("""
					SELECT string_agg(DISTINCT ssl::text, ' ') FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
					WHERE usename IN ('getpassenger', 'postpassenger')""")).isEqualTo("true");
			assertThat(postgres.sql("SELECT rolsuper FROM pg_roles WHERE rolname = 'administrator'")).isEqualTo("f");
			postgres.sql("ALTER ROLE administrator PASSWORD '" + NEW_PASSWORD + "'");
			Cluster.PASSENGERS.kubectl("patch", "secret", "postgres", "--type", "merge", "--patch",
					"{\"stringData\":{\"password\":\"" + NEW_PASSWORD + "\"}}");
			Guide.run("install/new-passwords");
			Cluster.PASSENGERS.functions().takeRoundTrip();
			assertThatAnotherInstallationStandsBesideItOn(postgres);
		}
	}

	/** On the same server, its roles need other names. */
	private static void assertThatAnotherInstallationStandsBesideItOn(TlsPostgres postgres) {
		Cluster beside = new Cluster("beside");
		postgres.sql("CREATE DATABASE beside OWNER administrator");
		beside.kubectl("create", "namespace", "beside");
		beside.kubectl("create", "secret", "generic", "postgres", "--from-literal=host=postgres.databases",
				"--from-literal=port=5432", "--from-literal=database=beside", "--from-literal=username=administrator",
				"--from-literal=password=" + NEW_PASSWORD, "--from-literal=sslmode=verify-full",
				"--from-literal=ca.crt=" + postgres.authority(), "--from-literal=rolePrefix=beside_");
		beside.kubectlReading(
				Project.read(Project.EXTERNAL).replaceAll("(?m)^( *(namespace|  name)): passengers$", "$1: beside"),
				"apply", "--filename", "-");
		beside.kubectl("wait", "ksvc", "--all", "--for=condition=Ready", "--timeout=10m");
		beside.functions().takeRoundTrip();
		Cluster.PASSENGERS.functions().takeRoundTrip();
		assertThat(postgres.sql("""
				SELECT string_agg(DISTINCT datname || ' ' || usename, ', ' ORDER BY datname || ' ' || usename)
				FROM pg_stat_activity WHERE usename LIKE '%postpassenger%'"""))
			.isEqualTo("beside beside_postpassenger, passengers postpassenger_2");
		assertThat(postgres.sql("SELECT has_database_privilege('beside_postpassenger', 'passengers', 'CONNECT') OR "
				+ "has_database_privilege('postpassenger', 'beside', 'CONNECT')"))
			.isEqualTo("f");
		beside.kubectl("delete", "namespace", "beside", "--wait=false");
	}

	@Test
	@Order(15)
	default void anotherInstallationStandsBesideIt() {
		Cluster staging = new Cluster("staging");
		assertThat(Guide.run(STAGING).lines()).allMatch((line) -> line.endsWith(" created"));
		staging.kubectl("wait", "ksvc", "--all", "--for=condition=Ready", "--timeout=10m");
		staging.functions().takeRoundTrip();
		assertThat(Cluster.PASSENGERS.functions().send("GET", "/hello").statusCode()).isEqualTo(200);
		staging.kubectl("delete", "namespace", "staging", "--wait=false");
		// Pods would take a minute to end, because requests may be on their way to them.
		Cluster.PASSENGERS.kubectl("delete", "namespace", "passengers", "--wait=false");
		Cluster.PASSENGERS.kubectl("delete", "pods", "--all", "--force", "--grace-period=0");
		Cluster.PASSENGERS.kubectl("delete", "namespace", "passengers", "--ignore-not-found");
	}

	@Test
	@Order(19)
	default void whoeverHasATokenMayWhatItsScopeNames() {
		Http http = Cluster.PASSENGERS.functions();
		assertThat(http.send("GET", "/passengerlist?limit=3").statusCode()).isEqualTo(200);
		Guide.run("install/trial-token passengers:read >token");
		Guide.run("kubectl apply -f install/auth.yaml");
		Guide.run(
				"kubectl create configmap authentication-keys -n passengers --from-file=keys.json --dry-run=client -o yaml "
						+ "| kubectl apply -f -");
		Guide.run(Installation.RESTART);
		assertThat(Guide.await("curl --fail " + Guide.FORWARDED + " -H \"Authorization: Bearer $(cat token)\" "
				+ "\"$(kn service describe passengerlist -n passengers -o url)/passengerlist?limit=3\""))
			.contains("\"uuid\"");
		assertThat(http.send("GET", "/passengerlist?limit=3").statusCode()).isEqualTo(401);
		assertThat(http.sendJson("POST", "/postpassenger", Example.JSON).statusCode()).isEqualTo(401);
		// The gateway makes one header of them.
		assertThat(http.send("GET", "/passengerlist", "Authorization", "Bearer a", "Authorization", "Bearer b")
			.statusCode()).isEqualTo(400);
		assertThat(http.send("GET", "/hello").statusCode()).isEqualTo(200);
		assertThat(Guide.commandsRun()).isEqualTo(Guide.commands());
	}

}
