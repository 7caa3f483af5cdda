package io.r2dbc.postgresql;

/**
 * Gives access to a package-private constructor of the driver.
 */
public final class PostgresqlConnectionFactories {

	private PostgresqlConnectionFactories() {
	}

	/**
	 * Creates a factory that uses the given way to connect.
	 * @param connect how to connect
	 * @param configuration everything else
	 * @return the factory
	 */
	public static PostgresqlConnectionFactory create(ConnectionFunction connect,
			PostgresqlConnectionConfiguration configuration) {
		return new PostgresqlConnectionFactory(connect, configuration);
	}

}
