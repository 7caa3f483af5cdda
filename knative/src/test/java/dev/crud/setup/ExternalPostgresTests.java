package dev.crud.setup;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.crud.function.Operation;
import dev.crud.setup.Requirements.Found;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PasswordUtil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the setup with a Postgres that others run, whose administrator is no superuser.
 */
@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init")
class ExternalPostgresTests {

	private static final String ADMINISTRATOR = "administrator";

	private static final String PASSWORD = "a password of the administrator";

	private static final X509Bundle AUTHORITY = authority();

	private static final X509Bundle CERTIFICATE = certificate(1);

	KubernetesClient client;

	@TempDir
	Path directory;

	private TestCluster cluster;

	private final Map<String, String> secret = new HashMap<>();

	@BeforeEach
	void start() {
		this.cluster = new TestCluster(this.client, this.directory);
		ScratchPostgres postgres = this.cluster.postgres();
		// The server logs statements, so it gets the verifier only.
		postgres.execute("CREATE ROLE %s LOGIN CREATEROLE PASSWORD '%s'".formatted(ADMINISTRATOR, PasswordUtil
			.encodeScramSha256(PASSWORD.toCharArray(), 4096, "salt".getBytes(StandardCharsets.US_ASCII))));
		postgres.execute("ALTER DATABASE " + Declared.DATABASE + " OWNER TO " + ADMINISTRATOR);
		postgres.certificate(CERTIFICATE);
		this.secret.putAll(Map.of("host", "localhost", "port", String.valueOf(postgres.port()), "database",
				Declared.DATABASE, "username", ADMINISTRATOR, "password", PASSWORD, "sslmode", "verify-full", "ca.crt",
				AUTHORITY.getCertificatePEM()));
	}

	@AfterEach
	void stop() {
		this.cluster.close();
	}

	@Test
	void administratorNeedsNoSuperuser() throws SQLException {
		assertThat(run()).as(this.cluster.log().toString()).isTrue();
		this.cluster.assertComplete();
		String before = this.cluster.postgres().state();
		assertThat(run()).isTrue();
		assertThat(this.cluster.postgres().state()).isEqualTo(before);
	}

	@Test
	void administratorMayComeWithTheEnvironment() throws SQLException {
		this.cluster.administrator(ADMINISTRATOR, PASSWORD);
		assertThat(this.cluster.run()).as(this.cluster.log().toString()).isTrue();
		this.cluster.assertComplete();
		assertThat(this.cluster.secrets().names()).isNotEmpty().doesNotContain("postgres");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			ALTER ROLE administrator NOCREATEROLE | user administrator may not create roles
			ALTER DATABASE %s OWNER TO postgres   | user administrator does not own the database
			ALTER SCHEMA public OWNER TO postgres | user administrator may not create tables
			""")
	void missingRightIsTold(String change, String told) throws SQLException {
		this.cluster.postgres().execute(change.formatted(Declared.DATABASE));
		assertThat(run()).isFalse();
		assertThat(this.cluster.log()).last()
			.asString()
			.startsWith("FAILED: Postgres is not as it must be: " + told)
			.endsWith("Nothing was changed.");
		assertThat(this.cluster.postgres().query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
			.isEqualTo("0");
		this.cluster.postgres().execute("ALTER ROLE administrator CREATEROLE");
		this.cluster.postgres().execute("ALTER DATABASE " + Declared.DATABASE + " OWNER TO " + ADMINISTRATOR);
		this.cluster.postgres().execute("ALTER SCHEMA public OWNER TO pg_database_owner");
		assertThat(run()).isTrue();
		this.cluster.assertComplete();
	}

	@Test
	void roleThatSomebodyElseMadeIsTold() throws SQLException {
		String role = Declared.role(Operation.GET);
		this.cluster.postgres().execute("CREATE ROLE " + role + " LOGIN");
		assertThat(run()).isFalse();
		assertThat(this.cluster.log()).last()
			.asString()
			.startsWith("FAILED: The schema could not be brought up to date: ")
			.contains("ermission denied", "ADMIN option on role", role)
			.doesNotContain("\n");
		this.cluster.postgres().execute("GRANT " + role + " TO " + ADMINISTRATOR + " WITH ADMIN OPTION");
		assertThat(run()).isTrue();
		this.cluster.assertComplete();
	}

	@Test
	void anotherInstallationOnTheServerHasRolesOfItsOwn() throws SQLException {
		assertThat(run()).isTrue();
		ScratchPostgres postgres = this.cluster.postgres();
		String role = Declared.role(Operation.GET);
		Map<String, String> first = login(role);
		String state = postgres.state();
		postgres.execute("CREATE DATABASE staging OWNER " + ADMINISTRATOR);
		try {
			this.cluster.secrets().deleteAll();
			this.secret.put("database", "staging");
			assertThat(run()).isFalse();
			assertThat(this.cluster.log()).last()
				.asString()
				.startsWith("FAILED: The roles ")
				.contains(role)
				.endsWith(" are those of another installation, in the database " + Declared.DATABASE
						+ ": this one needs a rolePrefix in the Secret postgres. Nothing was changed.");
			assertThat(this.cluster.secrets().names()).containsExactly("postgres");

			this.secret.put("rolePrefix", "staging_");
			assertThat(run()).as(this.cluster.log().toString()).isTrue();
			assertThat(this.cluster.log()).contains("Role staging_" + role + ": password set");
			Map<String, String> second = login(role);
			assertThat(second.get("username")).isEqualTo("staging_" + role);
			assertThat(postgres.state().lines().filter((line) -> !line.contains("(staging_")))
				.isEqualTo(state.lines().toList());
			connect(Declared.DATABASE, first).close();
			try (Connection connection = connect("staging", second)) {
				connection.createStatement().execute("SELECT FROM " + Declared.TABLE);
			}
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(Declared.DATABASE, second))
				.withMessageContaining("ermission denied");
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect("staging", first))
				.withMessageContaining("ermission denied");

			assertThat(this.cluster.run("new-passwords")).isTrue();
			assertThat(login(role).get("username")).isEqualTo("staging_" + role + "_2");
			connect("staging", login(role)).close();
			assertThat(run()).as(this.cluster.log().toString()).isTrue();
			this.secret.put("rolePrefix", "another_");
			assertThat(run()).isFalse();
			assertThat(this.cluster.log()).last()
				.asString()
				.startsWith("FAILED: Credentials ")
				.contains(" must contain a password and the username another_");
		}
		finally {
			postgres.execute("DROP DATABASE staging WITH (FORCE)");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "A", "a-b", "a.", "\"", "a123456789012345678901234567890" })
	void prefixIsAPlainWord(String prefix) {
		this.secret.put("rolePrefix", prefix);
		assertThat(run()).isFalse();
		assertThat(this.cluster.log()).last()
			.asString()
			.startsWith("FAILED: Secret postgres: rolePrefix must be of at most");
	}

	private Map<String, String> login(String role) {
		return Map.of("username", this.cluster.secrets().value(role + "-database", "username"), "password",
				this.cluster.secrets().value(role + "-database", "password"));
	}

	private Connection connect(String database, Map<String, String> login) throws SQLException {
		return DriverManager.getConnection(
				this.cluster.postgres().url().replace("/" + Declared.DATABASE, "/" + database), login.get("username"),
				login.get("password"));
	}

	@Test
	void missingSecretIsTold() {
		this.cluster.external(Map.of());
		this.cluster.secrets().deleteAll();
		assertThat(this.cluster.run()).isFalse();
		assertThat(this.cluster.log()).last()
			.asString()
			.startsWith("FAILED: Secret postgres: host is missing; port is missing; ");
	}

	@Test
	void wrongCertificateAuthorityIsRefused() {
		this.secret.put("ca.crt", authority().getCertificatePEM());
		assertRefused("PKIX path");
	}

	@Test
	void wrongHostNameIsRefused() {
		this.secret.put("host", "127.0.0.1");
		assertRefused("127.0.0.1");
	}

	@Test
	void expiredCertificateIsRefused() {
		this.cluster.postgres().certificate(certificate(-1));
		assertRefused("NotAfter");
	}

	@Test
	void everythingWrongIsToldAtOnce() {
		assertThatExceptionOfType(SetupException.class)
			.isThrownBy(() -> Requirements.check(new Found("a", 17, "LATIN1", false, false, false, 97), 100))
			.withMessage(
					"""
							Postgres is not as it must be: it is version 17, and 18 or newer is needed; the database's encoding \
							is LATIN1, and UTF8 is needed; user a may not create roles (ALTER ROLE … CREATEROLE); user a does \
							not own the database (ALTER DATABASE … OWNER TO …); it allows 97 connections beside the reserved \
							ones, and up to 100 are needed (max_connections). Nothing was changed.""");
		Requirements.check(new Found("a", 18, "UTF8", true, true, true, 100), 100);
	}

	private void assertRefused(String why) {
		assertThat(run()).isFalse();
		assertThat(this.cluster.log()).last()
			.asString()
			.startsWith("FAILED: Postgres's certificate is refused: ")
			.contains(why)
			.doesNotContain("\n");
		assertThat(this.cluster.log()).noneMatch((line) -> line.startsWith("Waiting"));
	}

	private boolean run() {
		this.cluster.external(this.secret);
		return this.cluster.run();
	}

	private static X509Bundle authority() {
		try {
			return new CertificateBuilder().subject("CN=authority").setIsCertificateAuthority(true).buildSelfSigned();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes a certificate for localhost.
	 * @param days when it expires, in days from now
	 * @return the certificate with its key
	 */
	private static X509Bundle certificate(int days) {
		try {
			return new CertificateBuilder().subject("CN=localhost")
				.addSanDnsName("localhost")
				.notBefore(Instant.now().minus(Duration.ofDays(2)))
				.notAfter(Instant.now().plus(Duration.ofDays(days)))
				.buildIssuedBy(AUTHORITY);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
