package dev.crud.database;

import java.util.function.BiFunction;

import dev.crud.telemetry.RequestTelemetry;
import io.r2dbc.spi.Connection;
import reactor.core.publisher.Mono;

/**
 * Runs several statements in one transaction, which always runs to its end. Spring's
 * transaction manager would lose a connection if the request were cancelled while the
 * transaction begins.
 */
class Transactions {

	private final TimeLimit limit;

	private final LongConnections connections;

	Transactions(TimeLimit limit, LongConnections connections) {
		this.limit = limit;
		this.connections = connections;
	}

	/**
	 * Runs work in a transaction, which is rolled back when the work fails. The work
	 * itself limits the time of its statements.
	 * @param <T> the type of the work's result
	 * @param kind the kind of transaction, with its limits
	 * @param work the work, with the lease and the connection to do it on
	 * @return the work's result
	 */
	<T> Mono<T> run(TransactionKind kind, BiFunction<Lease, Connection, Mono<T>> work) {
		return TimeLimit.toTheEnd(Mono.defer(() -> {
			Lease lease = new Lease();
			return this.limit.within(TimeLimit.ANSWER, lease, this.connections.connect(lease))
				.flatMap((open) -> run(lease, open, kind, work).doOnTerminate(lease::release));
		}));
	}

	private <T> Mono<T> run(Lease lease, Connection open, TransactionKind kind,
			BiFunction<Lease, Connection, Mono<T>> work) {
		return limit(lease, kind.begin(open)).then(work.apply(lease, open))
			// After many rows, committing may take Postgres a while.
			.delayUntil((done) -> this.limit.within(TimeLimit.MANY_ROWS, lease,
					RequestTelemetry.statement("COMMIT", Mono.from(open.commitTransaction()))))
			// If even the rollback fails, the connection is lost, and Postgres rolls
			// back.
			.onErrorResume((error) -> limit(lease,
					RequestTelemetry.statement("ROLLBACK", Mono.from(open.rollbackTransaction())))
				.onErrorComplete()
				.then(Mono.error(error)));
	}

	private Mono<Void> limit(Lease lease, Mono<Void> statement) {
		return this.limit.within(TimeLimit.ANSWER, lease, statement);
	}

}
