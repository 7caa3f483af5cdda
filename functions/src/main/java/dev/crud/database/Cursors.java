package dev.crud.database;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.crud.table.RowFormat;
import dev.crud.table.Table;
import io.r2dbc.spi.Connection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Streams the rows of a query through a database cursor, one page ahead of the reader. A
 * reader may leave at any time, but no statement is ever cancelled: when one is,
 * r2dbc-postgresql 1.1.3 never releases the memory of the rows that are on their way.
 */
class Cursors {

	/**
	 * How many rows a round trip fetches, so that memory stays flat for a slow reader.
	 */
	static final int PAGE = 1000;

	private static final String DECLARE = "DECLARE page NO SCROLL CURSOR FOR ";

	private static final String FETCH = "FETCH " + PAGE + " FROM page";

	private static final String END = "ROLLBACK";

	private final LongConnections connections;

	private final TimeLimit limit;

	private final Table table;

	Cursors(Table table, TimeLimit limit, LongConnections connections) {
		this.limit = limit;
		this.table = table;
		this.connections = connections;
	}

	/**
	 * Streams a list.
	 * @param sql the statement that reads its rows
	 * @param format the format of the list
	 * @param start when the work for this answer began, in nanoseconds; its first part
	 * must come in time
	 * @return the list, part by part; each subscription runs the query again
	 */
	Flux<byte[]> list(Sql sql, RowFormat format, long start) {
		return Flux
			.usingWhen(Mono.deferContextual((context) -> Mono.just(new Cursor(format, context))),
					(cursor) -> cursor.pages(sql, start), Cursor::close)
			.flatMapIterable(Page::parts, 1);
	}

	/** One cursor, in a transaction and on a connection of its own. */
	private final class Cursor {

		private final Lease lease = new Lease();

		private final ListCopy rows;

		private final CompletableFuture<Connection> connection;

		Cursor(RowFormat format, ContextView context) {
			this.connection = Cursors.this.connections.connect(this.lease).contextWrite(context).toFuture();
			this.rows = new ListCopy(Cursors.this.table, format, PAGE);
		}

		Flux<Page> pages(Sql sql, long start) {
			Sql declare = new Sql(DECLARE + sql.text(), sql.parameters());
			Mono<Page> first = connection()
				.flatMap((open) -> TransactionKind.LIST.begin(open).then(declare.changes(open)).then(fetch(open)));
			return limit(first, TimeLimit.ANSWER.minusNanos(System.nanoTime() - start))
				.concatWith(limit(connection().flatMap(this::fetch), TimeLimit.MANY_ROWS).repeat())
				.takeUntil(Page::last);
		}

		private Mono<Connection> connection() {
			return Mono.fromFuture(this.connection, true);
		}

		private Mono<Page> fetch(Connection open) {
			return this.rows.read(Sql.of(FETCH), open).map((copy) -> {
				boolean last = copy.rows() < PAGE;
				if (last) {
					copy.end();
				}
				return new Page(copy.take(), last);
			});
		}

		/**
		 * Limits the time that the database takes; the reader's own time does not count.
		 */
		private <T> Mono<T> limit(Mono<T> statement, Duration limit) {
			return Cursors.this.limit.within(limit, this.lease, statement);
		}

		/**
		 * Gives the connection back or, when it has not arrived yet, has it given back as
		 * soon as it does. Statements are answered in order, so this waits for one that
		 * is still running.
		 */
		Mono<Void> close() {
			if (this.lease.refuse()) {
				return Mono.empty();
			}
			return connection().flatMap(
					(open) -> limit(Sql.of(END).changes(open), TimeLimit.MANY_ROWS).doOnTerminate(this.lease::release))
				// Without a connection there is nothing to give back.
				.onErrorComplete()
				.then();
		}

	}

	/** The rows of one round trip, as parts of the list. */
	private record Page(List<byte[]> parts, boolean last) {
	}

}
