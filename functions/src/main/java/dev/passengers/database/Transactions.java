package dev.passengers.database;

import java.util.function.Function;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.connection.SingleConnectionFactory;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Runs several statements in one transaction. Unlike Spring's transaction manager it
 * gives the connection back even when nobody waits any more while the transaction begins.
 */
class Transactions {

	private final ConnectionFactory connections;

	Transactions(ConnectionFactory connections) {
		this.connections = connections;
	}

	/**
	 * Runs work in a transaction, which is rolled back when the work fails or is
	 * cancelled.
	 * @param <T> what the work gives
	 * @param work the work, with the client to do it with
	 * @return what the work gives
	 */
	<T> Flux<T> run(Function<DatabaseClient, Publisher<T>> work) {
		return Flux.usingWhen(this.connections.create(), (connection) -> run(connection, work), Connection::close);
	}

	private <T> Flux<T> run(Connection connection, Function<DatabaseClient, Publisher<T>> work) {
		DatabaseClient client = DatabaseClient
			.create(new SingleConnectionFactory(connection, this.connections.getMetadata(), true));
		return Flux.usingWhen(Mono.from(connection.beginTransaction()).thenReturn(connection),
				(begun) -> work.apply(client), Connection::commitTransaction, (begun, error) -> rollback(begun),
				Transactions::rollback);
	}

	/** A connection that can't even do that is lost, and with it the transaction. */
	private static Mono<Void> rollback(Connection connection) {
		return Mono.from(connection.rollbackTransaction()).onErrorComplete();
	}

}
