package io.r2dbc.postgresql;

/**
 * Opens a constructor of the driver that only its own package may call.
 */
public final class PostgresqlConnectionFactories {

	private PostgresqlConnectionFactories() {
	}

	/**
	 * Creates a factory that connects in a way of its own.
	 * @param connect how to connect
	 * @param configuration everything else
	 * @return the factory
	 */
	public static PostgresqlConnectionFactory create(ConnectionFunction connect,
			PostgresqlConnectionConfiguration configuration) {
		return new PostgresqlConnectionFactory(connect, configuration);
	}

}
