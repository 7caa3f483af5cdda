package dev.crud.database;

import java.util.function.Function;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

/**
 * Runs single statements, each on a connection and in a transaction of its own.
 */
class Statements {

	private final ConnectionFactory connections;

	Statements(ConnectionFactory connections) {
		this.connections = connections;
	}

	/**
	 * Runs a statement of one row at most.
	 * @param <T> what becomes of the row
	 * @param sql the statement
	 * @param row reads the row
	 * @return what became of the row; empty when there is none
	 */
	<T> Mono<T> one(Sql sql, Function<Readable, T> row) {
		return on((connection) -> sql.rows(connection, row).singleOrEmpty());
	}

	/**
	 * Works on a connection.
	 * @param <T> what the work gives
	 * @param work the work
	 * @return what the work gives
	 */
	<T> Mono<T> on(Function<Connection, Mono<T>> work) {
		return Mono.usingWhen(this.connections.create(), work, Connection::close);
	}

}
