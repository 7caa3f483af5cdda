package dev.crud.database;

import java.time.Duration;

import dev.crud.telemetry.RequestTelemetry;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The kinds of transaction that may take longer than a role's own limits, which suit a
 * single quick statement (migration V4).
 */
enum TransactionKind {

	/**
	 * A list: each page has its own time limit. Between pages the reader may be slow; the
	 * edge cuts off one that is too slow long before this limit is reached.
	 */
	LIST("READ ONLY", Duration.ofMinutes(10)),

	/**
	 * An upload: between statements the client may be slow. The edge ends a body that is
	 * too slow; one of 100 MiB, which may be a single statement's, takes up to 27 hours.
	 */
	UPLOAD("READ WRITE", Duration.ofHours(30)),

	/** An exact count: one statement that reads all the rows it counts. */
	COUNT("READ ONLY", Duration.ofSeconds(10));

	private final String begin;

	TransactionKind(String mode, Duration idle) {
		this.begin = "BEGIN %s; SET LOCAL statement_timeout = %d; SET LOCAL idle_in_transaction_session_timeout = %d"
			.formatted(mode, TimeLimit.MANY_ROWS.toMillis() - 500, idle.toMillis());
	}

	/**
	 * Begins a transaction, in one round trip.
	 * @param connection the connection to run it on
	 * @return completes when it has begun
	 */
	Mono<Void> begin(Connection connection) {
		return RequestTelemetry.statement(this.begin,
				Flux.from(connection.createStatement(this.begin).execute()).flatMap(Result::getRowsUpdated).then());
	}

}
