package dev.crud.database;

import java.time.Duration;
import java.util.regex.Pattern;

import dev.crud.settings.Settings;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactoryOptions;
import reactor.netty.resources.LoopResources;

/**
 * Reads where the database is and how to reach it.
 */
final class DatabaseSettings {

	/**
	 * How long connecting may take. {@link DatabaseSockets} meanwhile tries again, sooner
	 * than TCP.
	 */
	private static final Duration CONNECT = Duration.ofMillis(250);

	/**
	 * How many statements stay prepared. A list can be asked for in thousands of ways,
	 * each with a statement of its own, and without a limit all would stay prepared.
	 */
	private static final int PREPARED_STATEMENTS = 64;

	/** One host or, for failover, several separated by commas, each with its port. */
	private static final Pattern HOSTS = Pattern
		.compile("((\\[[\\p{XDigit}:.]+]|[^:,\\[\\]]+)(:\\d{1,5})?(,(?!$)|$))+");

	private DatabaseSettings() {
	}

	/**
	 * Reads the settings. Options in the URL take precedence.
	 * @param settings the settings of the environment
	 * @param threads the threads that serve the connections
	 * @param binary whether values come in binary, which costs both sides less than text
	 * @return how to connect
	 */
	static PostgresqlConnectionConfiguration connection(Settings settings, LoopResources threads, boolean binary) {
		ConnectionFactoryOptions.Builder defaults = ConnectionFactoryOptions.builder()
			.option(ConnectionFactoryOptions.USER, settings.text("spring.r2dbc.username"))
			.option(ConnectionFactoryOptions.PASSWORD,
					settings.read("spring.r2dbc.password", false, (it) -> it, "text"))
			.option(ConnectionFactoryOptions.CONNECT_TIMEOUT, CONNECT)
			.option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
			// Each login would ask for their types, which no column has.
			.option(PostgresqlConnectionFactoryProvider.AUTODETECT_EXTENSIONS, false)
			.option(PostgresqlConnectionFactoryProvider.PREPARED_STATEMENT_CACHE_QUERIES, PREPARED_STATEMENTS)
			.option(PostgresqlConnectionFactoryProvider.FORCE_BINARY, binary)
			.option(PostgresqlConnectionFactoryProvider.LOOP_RESOURCES, threads);
		// The URL may contain a password, so no message shows it.
		return settings.read("spring.r2dbc.url", false, (url) -> parse(url, defaults),
				"a URL such as r2dbc:postgresql://host:5432/database, with options that r2dbc-postgresql knows");
	}

	private static PostgresqlConnectionConfiguration parse(String url, ConnectionFactoryOptions.Builder defaults) {
		ConnectionFactoryOptions given = ConnectionFactoryOptions.parse(url);
		if (given.hasOption(PostgresqlConnectionFactoryProvider.SSL_ROOT_CERT)) {
			TlsDefaults.load();
			VerifiedHost.of(given).ifPresent((host) -> host.addTo(defaults));
		}
		ConnectionFactoryOptions options = defaults.from(given).build();
		Object host = options.getRequiredValue(ConnectionFactoryOptions.HOST);
		Object port = options.hasOption(ConnectionFactoryOptions.PORT)
				? options.getRequiredValue(ConnectionFactoryOptions.PORT) : 5432;
		if (!new PostgresqlConnectionFactoryProvider().supports(options) || !HOSTS.matcher(host.toString()).matches()
				|| !(port instanceof Integer number) || number < 1 || number > 65535) {
			throw new IllegalArgumentException(url);
		}
		return PostgresqlConnectionFactoryProvider.builder(options).build();
	}

}
