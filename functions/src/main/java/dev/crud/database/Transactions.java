package dev.crud.database;

import java.util.function.Function;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Runs several statements in one transaction, which always runs to its end. Spring's
 * transaction manager would lose a connection if the request were cancelled while the
 * transaction begins.
 */
class Transactions {

	private final ConnectionFactory connections;

	private final TimeLimit timeLimit;

	Transactions(ConnectionFactory connections, TimeLimit timeLimit) {
		this.connections = connections;
		this.timeLimit = timeLimit;
	}

	/**
	 * Runs work in a transaction, which is rolled back when the work fails. The work
	 * itself limits the time of its statements.
	 * @param <T> the type of the work's result
	 * @param kind the kind of transaction, with its limits
	 * @param work the work, with the connection to do it on
	 * @return the work's result
	 */
	<T> Mono<T> run(TransactionKind kind, Function<Connection, Mono<T>> work) {
		return Mono.defer(() -> {
			Mono<Connection> connection = this.timeLimit.on(Mono.from(this.connections.create()));
			Mono<T> transaction = Mono.usingWhen(connection, (open) -> run(open, kind, work), Connection::close);
			return TimeLimit.toTheEnd(transaction).contextWrite(new Lease()::into);
		});
	}

	private <T> Mono<T> run(Connection open, TransactionKind kind, Function<Connection, Mono<T>> work) {
		return limit(kind.begin(open)).then(work.apply(open))
			// After many rows, committing may take Postgres a while.
			.delayUntil((done) -> this.timeLimit.within(TimeLimit.MANY_ROWS, Mono.from(open.commitTransaction())))
			// If even the rollback fails, the connection is lost, and Postgres rolls
			// back.
			.onErrorResume((error) -> limit(open.rollbackTransaction()).onErrorComplete().then(Mono.error(error)));
	}

	private Mono<Void> limit(Publisher<Void> statement) {
		return this.timeLimit.on(Mono.from(statement));
	}

}
