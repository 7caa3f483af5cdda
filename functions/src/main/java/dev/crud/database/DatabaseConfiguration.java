package dev.crud.database;

import java.time.Duration;

import dev.crud.settings.Settings;
import dev.crud.table.Table;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactory;
import reactor.util.retry.Retry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Wires the SQL to a pool of connections.
 */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

	/** The time limit for connecting and logging in. */
	private static final Duration CREATE = Duration.ofMillis(1500);

	private static final Duration MAX_IDLE = Duration.ofMinutes(10);

	private static final Duration MAX_LIFE = Duration.ofMinutes(30);

	private static final int MAX_CONNECTIONS = 1000;

	private static final Duration FIRST_CONNECTION = Duration.ofSeconds(2);

	private static final Duration NEXT_TRY = Duration.ofMillis(50);

	/**
	 * Returns the pool. {@link Connections} limits how long a request waits for a
	 * connection, and tries again. Validation only looks at the socket and never waits.
	 * The connections are served by the same threads as those of the clients.
	 */
	@Bean(destroyMethod = "dispose")
	@Lazy
	ConnectionPool pool(Environment environment, ReactorResourceFactory threads) {
		Settings settings = new Settings(environment);
		ConnectionFactory database = OneResolver
			.factory(DatabaseSettings.connection(settings, threads.getLoopResources()));
		return new ConnectionPool(ConnectionPoolConfiguration.builder(new ConnectionAttempts(database))
			.initialSize(1)
			.maxSize(settings.integer("spring.r2dbc.pool.max-size", 1, MAX_CONNECTIONS))
			.maxCreateConnectionTime(CREATE)
			.maxIdleTime(MAX_IDLE)
			.maxLifeTime(MAX_LIFE)
			.acquireRetry(0)
			.build());
	}

	@Bean
	@Lazy
	PoolLifecycle poolLifecycle(ConnectionPool pool) {
		return new PoolLifecycle(pool);
	}

	/**
	 * Returns the rows, after opening a first connection, so that the database answers as
	 * soon as the port does. If the database is unavailable, the process starts anyway.
	 */
	@Bean
	@Lazy
	@DependsOn("poolLifecycle")
	Rows rows(Table table, ConnectionPool pool, Environment environment) {
		// A network policy may let a new pod through only a moment after the pod has
		// started.
		pool.warmup()
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, NEXT_TRY))
			.timeout(FIRST_CONNECTION)
			.onErrorComplete()
			.block();
		Connections connections = new Connections(pool);
		TimeLimit timeLimit = new TimeLimit();
		LongConnections longConnections = new LongConnections(connections, places(pool, environment));
		Statements statements = new Statements(connections);
		Transactions transactions = new Transactions(longConnections, timeLimit);
		Lists lists = new Lists(table, statements, new Cursors(table, longConnections, timeLimit),
				new Counts(table, statements, transactions, timeLimit), timeLimit);
		Inserts inserts = new Inserts(table, statements, transactions, timeLimit);
		return new Rows(table, statements, timeLimit, lists, inserts);
	}

	private static int places(ConnectionPool pool, Environment environment) {
		int all = pool.getMetrics().orElseThrow().getMaxAllocatedSize();
		boolean alone = !environment.getProperty("spring.cloud.function.definition", "").isBlank();
		return alone ? all : LongConnections.placesBesideOthers(all);
	}

}
