package dev.passengers.database;

import java.time.Duration;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;

import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Wires the SQL to Boot's connection pool, which {@code application.properties} sets up.
 */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

	private static final Duration FIRST_CONNECTION = Duration.ofSeconds(2);

	/**
	 * Lets the database's connections live on the threads of the clients' connections.
	 */
	@Bean
	ConnectionFactoryOptionsBuilderCustomizer sameThreads(ReactorResourceFactory threads) {
		return (options) -> options.option(PostgresqlConnectionFactoryProvider.LOOP_RESOURCES,
				threads.getLoopResources());
	}

	/**
	 * Returns the passengers, with a first connection open: once the port answers, so
	 * does the database. When that is away the process starts all the same.
	 */
	@Bean
	@Lazy
	Passengers passengers(ConnectionPool pool) {
		pool.warmup().timeout(FIRST_CONNECTION).onErrorComplete().block();
		Connections connections = new Connections(pool);
		TimeLimit timeLimit = new TimeLimit();
		DatabaseClient database = DatabaseClient.create(connections);
		Lists lists = new Lists(database, new Cursors(connections, timeLimit), timeLimit);
		Inserts inserts = new Inserts(database, new Transactions(connections, timeLimit), timeLimit);
		return new Passengers(database, timeLimit, lists, inserts);
	}

}
