package dev.passengers.database;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import dev.passengers.passenger.Passenger;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.connection.SingleConnectionFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Streams the rows of a query through a database cursor, a page ahead of whoever reads
 * them. A reader may leave at any time, but no statement is ever cancelled:
 * r2dbc-postgresql 1.1.3 loses the rows that a cancelled one has under way, with the
 * memory they are in.
 */
class Cursors {

	/**
	 * Rows a round trip: most lists need one, and memory stays flat for a slow reader.
	 */
	private static final int PAGE = 1000;

	private static final String DECLARE = "DECLARE page NO SCROLL CURSOR FOR ";

	private static final String FETCH = "FETCH " + PAGE + " FROM page";

	private static final String END = "ROLLBACK";

	private final ConnectionFactory connections;

	private final TimeLimit timeLimit;

	Cursors(ConnectionFactory connections, TimeLimit timeLimit) {
		this.connections = connections;
		this.timeLimit = timeLimit;
	}

	/**
	 * Streams rows.
	 * @param sql the query
	 * @param values binds its parameters
	 * @return the rows, each subscription a query of its own
	 */
	Flux<Passenger> rows(String sql, Function<GenericExecuteSpec, GenericExecuteSpec> values) {
		return Flux.usingWhen(Mono.fromSupplier(Cursor::new), (cursor) -> cursor.pages(sql, values), Cursor::close)
			.flatMapIterable(Function.identity(), 1);
	}

	/** One cursor, in a transaction and on a connection of its own. */
	private final class Cursor {

		private final Lease lease = new Lease();

		private final CompletableFuture<Connection> connection = Mono
			.<Connection>from(Cursors.this.connections.create())
			.contextWrite(this.lease::into)
			.toFuture();

		Flux<List<Passenger>> pages(String sql, Function<GenericExecuteSpec, GenericExecuteSpec> values) {
			Mono<List<Passenger>> first = connection().flatMap((open) -> TransactionKind.LIST.begin(open)
				.then(values.apply(client(open).sql(DECLARE + sql)).then())
				.then(fetch(open)));
			return limit(first, TimeLimit.ANSWER)
				.concatWith(limit(connection().flatMap(this::fetch), TimeLimit.MANY_ROWS).repeat())
				.takeUntil((page) -> page.size() < PAGE);
		}

		private Mono<Connection> connection() {
			return Mono.fromFuture(this.connection, true);
		}

		private Mono<List<Passenger>> fetch(Connection open) {
			return client(open).sql(FETCH).map(Rows::passenger).all().collectList();
		}

		/** Counts the database's time only: a reader may take as long as it likes. */
		private <T> Mono<T> limit(Mono<T> statement, Duration limit) {
			return TimeLimit.toTheEnd(Cursors.this.timeLimit.within(limit, statement)).contextWrite(this.lease::into);
		}

		/**
		 * Gives the connection back, or has it given back when it comes: nobody waits for
		 * it any more. Statements are answered in their order, so this waits for one that
		 * is under way.
		 */
		Mono<Void> close() {
			if (this.lease.refuse()) {
				return Mono.empty();
			}
			return connection()
				.flatMap((open) -> limit(run(open, END), TimeLimit.MANY_ROWS).onErrorComplete()
					.then(Mono.from(open.close())))
				// Without a connection there is nothing to give back.
				.onErrorComplete();
		}

		private Mono<Void> run(Connection open, String sql) {
			return Flux.from(open.createStatement(sql).execute()).flatMap(Result::getRowsUpdated).then();
		}

		private DatabaseClient client(Connection open) {
			return DatabaseClient
				.create(new SingleConnectionFactory(open, Cursors.this.connections.getMetadata(), true));
		}

	}

}
