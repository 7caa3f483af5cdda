package dev.crud.database;

import dev.crud.table.Table;

import java.time.Duration;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import reactor.util.retry.Retry;

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

	/**
	 * A new pod's first packets may be dropped until the cluster's policies know it. TCP
	 * sends the next one after a second; a new connection is tried sooner.
	 */
	private static final Duration CONNECT = Duration.ofMillis(250);

	/** Connecting and signing on. */
	private static final Duration CREATE = Duration.ofMillis(1500);

	private static final Duration MAX_IDLE = Duration.ofMinutes(10);

	private static final Duration MAX_LIFE = Duration.ofMinutes(30);

	/**
	 * A list can be asked for in thousands of ways; each would stay prepared forever.
	 */
	private static final int PREPARED_STATEMENTS = 64;

	private static final Duration FIRST_CONNECTION = Duration.ofSeconds(2);

	private static final Duration NEXT_TRY = Duration.ofMillis(50);

	/**
	 * Returns the pool. How long a request waits for a connection is told by
	 * {@link Connections}, which also tries again; validation looks at the socket only,
	 * and never waits. The connections live on the threads of the clients' connections.
	 * Whatever the URL says about them comes first.
	 */
	@Bean(destroyMethod = "dispose")
	@Lazy
	ConnectionPool pool(Environment environment, ReactorResourceFactory threads) {
		ConnectionFactoryOptions options = ConnectionFactoryOptions.builder()
			.option(ConnectionFactoryOptions.USER, environment.getRequiredProperty("spring.r2dbc.username"))
			.option(ConnectionFactoryOptions.PASSWORD, environment.getProperty("spring.r2dbc.password", ""))
			.option(ConnectionFactoryOptions.CONNECT_TIMEOUT, CONNECT)
			.option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
			.option(PostgresqlConnectionFactoryProvider.PREPARED_STATEMENT_CACHE_QUERIES, PREPARED_STATEMENTS)
			.option(PostgresqlConnectionFactoryProvider.LOOP_RESOURCES, threads.getLoopResources())
			.from(ConnectionFactoryOptions.parse(environment.getRequiredProperty("spring.r2dbc.url")))
			.build();
		return new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(options))
			.initialSize(1)
			.maxSize(environment.getRequiredProperty("spring.r2dbc.pool.max-size", Integer.class))
			.maxCreateConnectionTime(CREATE)
			.maxIdleTime(MAX_IDLE)
			.maxLifeTime(MAX_LIFE)
			.acquireRetry(0)
			.build());
	}

	/**
	 * Returns the rows, with a first connection open: once the port answers, so does the
	 * database. When that is away the process starts all the same.
	 */
	@Bean
	@Lazy
	Rows rows(Table table, ConnectionPool pool) {
		// A network policy may let a new pod through only a little later than it starts.
		pool.warmup()
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, NEXT_TRY))
			.timeout(FIRST_CONNECTION)
			.onErrorComplete()
			.block();
		Connections connections = new Connections(pool);
		TimeLimit timeLimit = new TimeLimit();
		Statements statements = new Statements(connections);
		Transactions transactions = new Transactions(connections, timeLimit);
		Lists lists = new Lists(table, statements, new Cursors(table, connections, timeLimit),
				new Counts(table, statements, transactions, timeLimit), timeLimit);
		Inserts inserts = new Inserts(table, statements, transactions, timeLimit);
		return new Rows(table, statements, timeLimit, lists, inserts);
	}

}
