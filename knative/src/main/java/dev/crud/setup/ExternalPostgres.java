package dev.crud.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * Reads where a Postgres is that others run, who its administrator is and how TLS is
 * used, from the Secret {@code postgres} that the user has made.
 */
enum ExternalPostgres {

	/**
	 * Without anything that a URL would have to encode: the functions put it into one.
	 */
	HOST("host", "[\\w.-]+", "a host name or an IPv4 address"),
	/** TCP. */
	PORT("port", "(\\d{1,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])", "a number up to 65535"),
	/** As {@link #HOST}. */
	DATABASE("database", "[\\w-]+", "of letters, digits, _ and -"),
	/** A role that may create roles and owns the database. */
	USERNAME("username", "(?s).+", "a user name"),
	/** In plain text. */
	PASSWORD("password", "(?s).+", "a password"),
	/** As libpq has them, without those that fall back to no TLS. */
	SSLMODE("sslmode", "disable|require|verify-ca|verify-full", "verify-full, verify-ca, require or disable"),
	/** PEM; without {@code verify-…} nobody reads it. */
	CA("ca.crt", "(?s).*", "a text"),
	/**
	 * For a server that others share, whose roles are the whole server's. May be absent.
	 */
	ROLE_PREFIX("rolePrefix", "|[a-z][a-z0-9_]{0,29}",
			"of at most 30 lower-case letters, digits and _, a letter first");

	private final String key;

	private final Pattern allowed;

	private final String description;

	ExternalPostgres(String key, String allowed, String description) {
		this.key = key;
		this.allowed = Pattern.compile(allowed);
		this.description = description;
	}

	static Set<String> keys() {
		return Stream.of(values()).map((each) -> each.key).collect(Collectors.toSet());
	}

	/**
	 * Returns how to connect.
	 * @param secret the Secret's values by key
	 * @return the server, with its administrator as user
	 * @throws SetupException when keys are missing or values can't be right
	 */
	static PGSimpleDataSource of(Map<String, String> secret) {
		List<String> wrong = new ArrayList<>();
		for (ExternalPostgres each : values()) {
			String value = secret.get(each.key);
			if (value == null && each != ROLE_PREFIX) {
				wrong.add(each.key + " is missing");
			}
			else if (value != null && !each.allowed.matcher(value).matches()) {
				wrong.add(each.key + " must be " + each.description);
			}
		}
		if (SSLMODE.in(secret).startsWith("verify-") && !CA.in(secret).contains("-----BEGIN CERTIFICATE-----")
				&& secret.containsKey(CA.key)) {
			wrong.add("ca.crt must be a certificate as PEM");
		}
		if (!wrong.isEmpty()) {
			throw new SetupException("Secret postgres: " + String.join("; ", wrong));
		}
		PGSimpleDataSource server = new PGSimpleDataSource();
		server.setServerNames(new String[] { HOST.in(secret) });
		server.setPortNumbers(new int[] { Integer.parseInt(PORT.in(secret)) });
		server.setDatabaseName(DATABASE.in(secret));
		server.setUser(USERNAME.in(secret));
		server.setPassword(PASSWORD.in(secret));
		server.setSslMode(SSLMODE.in(secret));
		server.setSslRootCert(file(CA.in(secret)).toString());
		return server;
	}

	/** Returns a value; an empty text when there is none. */
	String in(Map<String, String> secret) {
		return secret.getOrDefault(this.key, "");
	}

	private static Path file(String certificate) {
		try {
			Path file = Files.createTempFile("ca", ".crt");
			file.toFile().deleteOnExit();
			return Files.writeString(file, certificate);
		}
		catch (IOException ex) {
			throw new SetupException("The certificate can't be written to a temporary file", ex);
		}
	}

}
