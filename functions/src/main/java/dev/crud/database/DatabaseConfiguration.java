package dev.crud.database;

import java.time.Duration;

import dev.crud.settings.Settings;
import dev.crud.table.Table;
import dev.crud.telemetry.StartUp;
import dev.crud.telemetry.Telemetry;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ValidationDepth;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRefMetadata;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Wires the SQL to a pool of connections.
 */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

	/** The time limit for connecting and logging in. */
	static final Duration CREATE = Duration.ofMillis(1500);

	private static final Duration MAX_IDLE = Duration.ofMinutes(10);

	private static final Duration MAX_LIFE = Duration.ofMinutes(30);

	private static final int MAX_CONNECTIONS = 1000;

	/**
	 * Returns the pool. {@link Connections} limits how long a request waits for a
	 * connection, and tries again. The connections are served by the same threads as
	 * those of the clients.
	 */
	@Bean(destroyMethod = "dispose")
	@Lazy
	InstrumentedPool<Connection> pool(Environment environment, ReactorResourceFactory threads, Table table,
			PoolLifecycle lifecycle, Telemetry telemetry) {
		Settings settings = new Settings(environment);
		boolean binary = table.columns().stream().noneMatch((column) -> column.type().isReadAsText());
		ConnectionFactory database = DatabaseSockets
			.factory(DatabaseSettings.connection(settings, threads.getLoopResources(), binary));
		Mono<Connection> create = new ConnectionAttempts(database).create()
			.timeout(CREATE, Mono.error(ConnectionAttempts::tookTooLong));
		InstrumentedPool<Connection> pool = PoolBuilder.from(create)
			.sizeBetween(1, settings.integer("spring.r2dbc.pool.max-size", 1, MAX_CONNECTIONS))
			.evictionPredicate(DatabaseConfiguration::isSpent)
			.destroyHandler(Connection::close)
			.idleResourceReuseMruOrder()
			.pendingAcquireTimer(timers(threads)::after)
			.buildPool();
		lifecycle.open(pool);
		telemetry.pool(pool);
		return pool;
	}

	/** Looks only at the socket and never waits. */
	private static boolean isSpent(Connection connection, PooledRefMetadata use) {
		boolean open = Mono.from(connection.validate(ValidationDepth.LOCAL)).toFuture().getNow(false);
		return !open || use.idleTime() > MAX_IDLE.toMillis() || use.lifeTime() > MAX_LIFE.toMillis();
	}

	@Bean
	PoolLifecycle poolLifecycle(StartUp startUp) {
		return new PoolLifecycle(startUp);
	}

	@Bean
	@Lazy
	Rows rows(Table table, InstrumentedPool<Connection> pool, Environment environment, ReactorResourceFactory threads) {
		Timers timers = timers(threads);
		TimeLimit limit = new TimeLimit(timers);
		Connections connections = new Connections(pool);
		LongConnections longConnections = new LongConnections(connections, places(pool, environment));
		Statements statements = new Statements(connections);
		Transactions transactions = new Transactions(limit, longConnections);
		Lists lists = new Lists(table, limit, statements, new Cursors(table, limit, longConnections),
				new Counts(table, limit, statements, transactions));
		return new Rows(table, limit, timers, statements, lists,
				new Inserts(table, limit, timers, statements, transactions));
	}

	private static Timers timers(ReactorResourceFactory threads) {
		return new Timers(threads.getLoopResources().onServer(false));
	}

	private static int places(InstrumentedPool<Connection> pool, Environment environment) {
		int all = pool.metrics().getMaxAllocatedSize();
		boolean alone = !new Settings(environment).function().isEmpty();
		return alone ? all : LongConnections.placesBesideOthers(all);
	}

}
