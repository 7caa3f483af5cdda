package dev.passengers.database;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.r2dbc.spi.Connection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Ends work on a database that does not answer. The connection is then closed rather than
 * given back: a statement that hangs on it would hold up whoever gets it next.
 */
class TimeLimit {

	/** The contract promises an answer within 2 s. */
	private static final Duration FIRST_ANSWER = Duration.ofMillis(1500);

	/** Between two rows that a reader is waiting for. */
	private static final Duration NEXT_ROW = Duration.ofSeconds(10);

	private static final Duration TICK = Duration.ofMillis(250);

	/**
	 * Limits work that has one answer. It goes on {@linkplain #toTheEnd to its end}.
	 * @param <T> the answer's type
	 * @param work the work
	 * @return the work; a {@link TimeoutException} when it took too long
	 */
	<T> Mono<T> on(Mono<T> work) {
		return Mono.deferContextual((context) -> {
			Lease lease = context.getOrEmpty(Lease.class).map(Lease.class::cast).orElseGet(Lease::new);
			return toTheEnd(work).contextWrite(lease::into)
				.timeout(FIRST_ANSWER)
				.onErrorResume(TimeoutException.class, (ex) -> lease.cut().then(Mono.error(ex)));
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

	/**
	 * Limits a stream of rows. A reader may take as long as it likes; the database may
	 * not.
	 * @param <T> the row's type
	 * @param rows the rows
	 * @return the rows; a {@link TimeoutException} when one took too long
	 */
	<T> Flux<T> onStream(Flux<T> rows) {
		return Flux.defer(() -> {
			Lease lease = new Lease();
			Watch watch = new Watch(true);
			return rows.contextWrite(lease::into)
				.doOnRequest(watch::requested)
				.doOnNext((row) -> watch.received())
				.takeUntilOther(late(watch, lease));
		});
	}

	/**
	 * Limits a transaction that takes rows in. A client may take as long as it likes; the
	 * database may not. It ends with its rows, in order, and not when nobody waits for it
	 * any more: a client that is lost ends the rows with an error.
	 * @param <R> the row's type
	 * @param <T> the answer's type
	 * @param rows the rows
	 * @param transaction what to do with them
	 * @return the work; a {@link TimeoutException} when the database took too long
	 */
	<R, T> Mono<T> onUpload(Flux<R> rows, Function<Flux<R>, Mono<T>> transaction) {
		return Mono.defer(() -> {
			Lease lease = new Lease();
			Watch watch = new Watch(false);
			Flux<R> watched = rows.doOnRequest(watch::requested)
				.doOnNext((row) -> watch.received())
				.doOnTerminate(watch::ended);
			return toTheEnd(transaction.apply(watched)).contextWrite(lease::into).takeUntilOther(late(watch, lease));
		});
	}

	private static <T> Mono<T> late(Watch watch, Lease lease) {
		return Flux.interval(TICK)
			.filter((tick) -> watch.isLate())
			.next()
			.flatMap((tick) -> lease.cut())
			.then(Mono.error(() -> new TimeoutException("The database did not answer within " + watch.limit)));
	}

	/** Whose turn it is, the database's or the client's, and since when. */
	private static final class Watch {

		private final boolean databaseSendsRows;

		private final AtomicLong wanted = new AtomicLong();

		private volatile long since = System.nanoTime();

		private volatile Duration limit = FIRST_ANSWER;

		Watch(boolean databaseSendsRows) {
			this.databaseSendsRows = databaseSendsRows;
		}

		void requested(long rows) {
			if (this.wanted.getAndAccumulate(rows, Operators::addCap) == 0) {
				this.since = System.nanoTime();
			}
		}

		void received() {
			this.wanted.decrementAndGet();
			this.limit = NEXT_ROW;
			this.since = System.nanoTime();
		}

		void ended() {
			this.wanted.set(0);
			this.since = System.nanoTime();
		}

		boolean isLate() {
			return (this.wanted.get() > 0) == this.databaseSendsRows
					&& System.nanoTime() - this.since > this.limit.toNanos();
		}

	}

	/** The connection that work is done on, once it has one. */
	static final class Lease {

		private volatile @Nullable Connection connection;

		Context into(Context context) {
			return context.put(Lease.class, this);
		}

		void hold(Connection leased) {
			this.connection = leased;
		}

		private Mono<Void> cut() {
			Connection held = this.connection;
			return (held != null) ? Connections.cut(held) : Mono.empty();
		}

	}

}
