package dev.crud;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests connections to Postgres with TLS: what a certificate must be like, and that a
 * refused one is told in the log.
 */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init")
class TlsTests {

	private static final X509Bundle AUTHORITY = authority();

	private static LocalPostgres postgres;

	@TempDir
	Path directory;

	@BeforeAll
	static void start() {
		postgres = LocalPostgres.start();
	}

	@BeforeEach
	void presentTheRightCertificate() {
		postgres.certificate(certificate(1, (it) -> it.addSanDnsName("localhost")));
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	@Test
	void databaseWithTheRightCertificateIsUsed() throws IOException, SQLException {
		try (RunningFunctions functions = Shared.warm(functions("localhost", AUTHORITY))) {
			assertThat(functions.get(Routes.LIST).statusCode()).isEqualTo(200);
			assertThat(encrypted()).isEqualTo("true");
		}
	}

	@Test
	void anotherAuthorityIsRefused(CapturedOutput output) throws IOException {
		assertRefused("localhost", authority(), output, "PKIX path");
	}

	@Test
	void certificateForAnotherNameIsRefused(CapturedOutput output) throws IOException {
		postgres.certificate(certificate(1, (it) -> it.addSanDnsName("other.example")));
		assertRefused("localhost", AUTHORITY, output, "localhost");
	}

	@Test
	void addressThatIsNotInTheCertificateIsRefusedEvenIfDnsHasItsName(CapturedOutput output) throws IOException {
		assertRefused("127.0.0.1", AUTHORITY, output, "127.0.0.1");
	}

	@Test
	void oneOfSeveralHostsThatIsNotInTheCertificateIsRefused(CapturedOutput output) throws IOException {
		assertRefused("127.0.0.1:%d,127.0.0.1".formatted(postgres.port()), AUTHORITY, output, "IP address 127.0.0.1");
	}

	@Test
	void addressInTheCertificateIsUsed() throws IOException {
		postgres.certificate(certificate(1, (it) -> it.addSanIpAddress("127.0.0.1")));
		assertUsed(functions("127.0.0.1", AUTHORITY));
	}

	@Test
	void verifyCaDoesNotAskForTheHostName() throws IOException {
		assertUsed(functions("verify-ca", "127.0.0.1", AUTHORITY));
	}

	@Test
	void expiredCertificateIsRefused(CapturedOutput output) throws IOException {
		postgres.certificate(certificate(-1, (it) -> it.addSanDnsName("localhost")));
		assertRefused("localhost", AUTHORITY, output, "NotAfter");
	}

	private static void assertUsed(RunningFunctions functions) throws IOException {
		try (RunningFunctions running = Shared.warm(functions)) {
			assertThat(running.get(Routes.LIST).statusCode()).isEqualTo(200);
		}
	}

	private void assertRefused(String host, X509Bundle authority, CapturedOutput output, String why)
			throws IOException {
		int before = postgres.processes().size();
		try (RunningFunctions functions = functions(host, authority)) {
			HttpResponse<String> response = functions.get(Routes.LIST);
			Problem.assertProblem(response, 503);
			assertThat(response.headers().firstValue("Retry-After")).isPresent();
			assertThat(output.getOut().lines().filter((line) -> line.contains(why))).isNotEmpty();
			// Postgres itself would wait for a minute until it closes them.
			Awaitility.await().until(() -> postgres.processes().size() <= before);
		}
	}

	private static String encrypted() throws SQLException {
		String sql = "SELECT string_agg(DISTINCT ssl::text, ',') FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) "
				+ "WHERE usename = '" + Declaration.FUNCTIONS.role() + "'";
		try (Connection connection = postgres.connect();
				ResultSet row = connection.createStatement().executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	private RunningFunctions functions(String host, X509Bundle authority) throws IOException {
		return functions("verify-full", host, authority);
	}

	private RunningFunctions functions(String mode, String host, X509Bundle authority) throws IOException {
		Path file = Files.writeString(this.directory.resolve("ca.crt"), authority.getCertificatePEM());
		String driver = host.contains(",") ? "postgresql:failover" : "postgresql";
		return RunningFunctions.all(postgres, "spring.r2dbc.url=r2dbc:%s://%s:%d/%s?sslMode=%s&sslRootCert=%s"
			.formatted(driver, host, postgres.port(), Declaration.FUNCTIONS.database(), mode, file));
	}

	private static X509Bundle authority() {
		try {
			return new CertificateBuilder().subject("CN=authority").setIsCertificateAuthority(true).buildSelfSigned();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static X509Bundle certificate(int days, UnaryOperator<CertificateBuilder> names) {
		try {
			return names.apply(new CertificateBuilder().subject("CN=postgres"))
				.notBefore(Instant.now().minus(Duration.ofDays(2)))
				.notAfter(Instant.now().plus(Duration.ofDays(days)))
				.buildIssuedBy(AUTHORITY);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
