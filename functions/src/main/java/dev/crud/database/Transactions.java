package dev.crud.database;

import java.util.function.Function;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Runs several statements in one transaction, to its end: Spring's transaction manager
 * loses a connection when nobody waits any more while its transaction begins.
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
	 * limits its statements itself.
	 * @param <T> what the work gives
	 * @param kind what it may take
	 * @param work the work, with the connection to do it on
	 * @return what the work gives
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
			// After many rows Postgres may have much to write.
			.delayUntil((done) -> this.timeLimit.within(TimeLimit.MANY_ROWS, Mono.from(open.commitTransaction())))
			// A connection that can't even roll back is lost, and the transaction with
			// it.
			.onErrorResume((error) -> limit(open.rollbackTransaction()).onErrorComplete().then(Mono.error(error)));
	}

	private Mono<Void> limit(Publisher<Void> statement) {
		return this.timeLimit.on(Mono.from(statement));
	}

}
