package io.r2dbc.postgresql;

import java.util.function.UnaryOperator;

import io.r2dbc.postgresql.codec.Codecs;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import reactor.core.publisher.Mono;

/**
 * Gives access to package-private constructors of the driver.
 */
public final class PostgresqlConnectionFactories {

	private PostgresqlConnectionFactories() {
	}

	/**
	 * Creates a factory that uses the given way to connect, and connections that use the
	 * given codecs.
	 * @param connect how to connect
	 * @param codecs makes a connection's codecs from those of the driver
	 * @param configuration everything else
	 * @return the factory
	 */
	public static ConnectionFactory create(ConnectionFunction connect, UnaryOperator<Codecs> codecs,
			PostgresqlConnectionConfiguration configuration) {
		PostgresqlConnectionFactory factory = new PostgresqlConnectionFactory(connect, configuration);
		return new ConnectionFactory() {

			@Override
			public Mono<Connection> create() {
				return factory.create().map((connection) -> with(codecs, (PostgresqlConnection) connection));
			}

			@Override
			public ConnectionFactoryMetadata getMetadata() {
				return factory.getMetadata();
			}

		};
	}

	private static PostgresqlConnection with(UnaryOperator<Codecs> codecs, PostgresqlConnection connection) {
		ConnectionResources resources = connection.getResources();
		return new PostgresqlConnection(resources.getClient(), codecs.apply(resources.getCodecs()),
				resources.getPortalNameSupplier(), resources.getStatementCache(),
				connection.getTransactionIsolationLevel(), resources.getConfiguration());
	}

}
