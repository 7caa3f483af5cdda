package dev.crud.database;

import dev.crud.LocalPostgres;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;

/**
 * Makes pools of connections to a test's own Postgres.
 */
final class Pools {

	private Pools() {
	}

	/**
	 * Returns how the administrator connects.
	 * @param postgres the database
	 * @return the options
	 */
	static ConnectionFactoryOptions options(LocalPostgres postgres) {
		return ConnectionFactoryOptions.parse(postgres.r2dbcUrl())
			.mutate()
			.option(ConnectionFactoryOptions.USER, "postgres")
			.build();
	}

	/**
	 * Makes a pool for the administrator.
	 * @param postgres the database
	 * @param min how many connections it warms up
	 * @param max how many it has at most
	 * @return the pool, without connections yet
	 */
	static InstrumentedPool<Connection> of(LocalPostgres postgres, int min, int max) {
		return PoolBuilder.from(Mono.<Connection>from(ConnectionFactories.get(options(postgres)).create()))
			.sizeBetween(min, max)
			.destroyHandler(Connection::close)
			.buildPool();
	}

}
