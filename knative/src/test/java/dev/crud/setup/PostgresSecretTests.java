package dev.crud.setup;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that what can't be right in the Secret of a Postgres that others run is told.
 */
class PostgresSecretTests {

	@ParameterizedTest(name = "{0} = {1}")
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			host     | -            | host is missing
			password | -            | password is missing
			ca.crt   | -            | ca.crt is missing
			host     | a b          | host must be a host name or an IPv4 address
			host     | u:p@host     | host must be a host name or an IPv4 address
			port     | 5432x        | port must be a number up to 65535
			port     | 99999        | port must be a number up to 65535
			database | a?b          | database must be of letters, digits, _ and -
			sslmode  | prefer       | sslmode must be verify-full, verify-ca, require or disable
			ca.crt   | nonsense     | ca.crt must be a certificate as PEM
			""")
	void wrongSecretIsTold(String key, @Nullable String value, String told) {
		Map<String, String> secret = new HashMap<>(Map.of("host", "db.example", "port", "5432", "database", "a",
				"username", "b", "password", "c", "sslmode", "verify-full", "ca.crt", "-----BEGIN CERTIFICATE-----\n"));
		secret.compute(key, (same, before) -> value);
		assertThatExceptionOfType(SetupException.class).isThrownBy(() -> ExternalPostgres.of(secret))
			.withMessage("Secret postgres: " + told);
	}

}
