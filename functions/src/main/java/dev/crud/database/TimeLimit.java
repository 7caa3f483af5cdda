package dev.crud.database;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.Connection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Ends work on a database that does not answer. The connection is then closed rather than
 * given back: a statement that hangs on it would hold up whoever gets it next.
 */
class TimeLimit {

	/** The contract promises an answer within 2 s. */
	static final Duration ANSWER = Duration.ofMillis(1700);

	/** For a statement that has many rows to read or to insert. */
	static final Duration MANY_ROWS = Duration.ofSeconds(10);

	/**
	 * Limits work that has one answer. It goes on {@linkplain #toTheEnd to its end}.
	 * @param <T> the answer's type
	 * @param work the work
	 * @return the work; a {@link TimeoutException} when it took longer than 1.7 s
	 */
	<T> Mono<T> on(Mono<T> work) {
		return within(ANSWER, work);
	}

	/**
	 * Limits work that has one answer. It goes on {@linkplain #toTheEnd to its end}.
	 * @param <T> the answer's type
	 * @param limit how long it may take
	 * @param work the work
	 * @return the work; a {@link TimeoutException} when it took longer
	 */
	<T> Mono<T> within(Duration limit, Mono<T> work) {
		return Mono.deferContextual((context) -> {
			Lease lease = context.getOrEmpty(Lease.class).map(Lease.class::cast).orElseGet(Lease::new);
			return toTheEnd(work).contextWrite(lease::into).timeout(limit, lease.cut());
		});
	}

	/**
	 * Lets work go on when nobody waits for its answer any more: the rows that a
	 * cancelled statement has under way are lost to r2dbc-postgresql 1.1.3, with the
	 * memory they are in.
	 * @param <T> the answer's type
	 * @param work the work
	 * @return the work, without a way to cancel it
	 */
	static <T> Mono<T> toTheEnd(Mono<T> work) {
		return Mono.deferContextual((context) -> Mono.fromFuture(work.contextWrite(context)::toFuture, true));
	}

	/** The connection that work is done on, once it has one. */
	static final class Lease {

		private @Nullable Connection connection;

		private boolean over;

		Context into(Context context) {
			return context.put(Lease.class, this);
		}

		/**
		 * Takes a connection, or gives it back when it comes too late.
		 * @param leased the connection
		 * @return the connection; a {@link TimeoutException} when it came too late
		 */
		synchronized Mono<Connection> hold(Connection leased) {
			this.connection = leased;
			return this.over ? Mono.from(leased.close()).then(Mono.error(TimeoutException::new)) : Mono.just(leased);
		}

		private <T> Mono<T> cut() {
			return Mono.defer(this::cutOff).then(Mono.error(TimeoutException::new));
		}

		private synchronized Mono<Void> cutOff() {
			this.over = true;
			return (this.connection != null) ? Connections.cut(this.connection) : Mono.empty();
		}

	}

}
