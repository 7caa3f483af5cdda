package dev.crud.database;

import java.time.Duration;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The transactions that may take longer than a role's own limits, which fit a single
 * quick statement (migration V4). Postgres ends a statement half a second before
 * {@link TimeLimit} would close its connection.
 */
enum TransactionKind {

	/**
	 * Each page has its time. Between pages the reader may be slow: the edge cuts off one
	 * that is too slow long before this ends.
	 */
	LIST("READ ONLY", Duration.ofMinutes(10)),

	/** Between statements the client may be slow. */
	UPLOAD("READ WRITE", Duration.ofSeconds(60)),

	/** One statement that reads all it counts. */
	COUNT("READ ONLY", Duration.ofSeconds(10));

	private final String begin;

	TransactionKind(String mode, Duration idle) {
		this.begin = "BEGIN %s; SET LOCAL statement_timeout = %d; SET LOCAL idle_in_transaction_session_timeout = %d"
			.formatted(mode, TimeLimit.MANY_ROWS.toMillis() - 500, idle.toMillis());
	}

	/**
	 * Begins a transaction, in one round trip.
	 * @param connection where
	 * @return completes when it has begun
	 */
	Mono<Void> begin(Connection connection) {
		return Flux.from(connection.createStatement(this.begin).execute()).flatMap(Result::getRowsUpdated).then();
	}

}
