package dev.crud.database;

import java.util.function.Function;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

/**
 * Runs single statements, each in a transaction of its own.
 */
class Statements {

	private final Connections connections;

	Statements(Connections connections) {
		this.connections = connections;
	}

	/**
	 * Returns whether another statement has to wait until a connection is given back.
	 * @return whether there is no idle connection and none may be opened
	 */
	boolean areConnectionsAllInUse() {
		return this.connections.areAllInUse();
	}

	/**
	 * Runs a statement that returns at most one row.
	 * @param <T> the type that the row is turned into
	 * @param lease holds the connection meanwhile
	 * @param sql the statement
	 * @param row reads the row
	 * @return what {@code row} has made of it; empty when there is no row
	 */
	<T> Mono<T> one(Lease lease, Sql sql, Function<Readable, T> row) {
		return on(lease, (connection) -> sql.rows(connection, row).singleOrEmpty());
	}

	/**
	 * Runs work on a connection; each of its statements is a transaction of its own.
	 * @param <T> the type of the work's result
	 * @param lease holds the connection meanwhile
	 * @param work the work
	 * @return the work's result
	 */
	<T> Mono<T> on(Lease lease, Function<Connection, Mono<T>> work) {
		return this.connections.connect(lease)
			.flatMap((connection) -> Mono.defer(() -> work.apply(connection)).doOnTerminate(lease::release));
	}

}
