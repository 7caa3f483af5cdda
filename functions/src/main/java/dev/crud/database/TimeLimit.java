package dev.crud.database;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;

/**
 * Ends work on a database that does not answer. The connection is then closed rather than
 * given back: a statement that hangs on it would hold up the next request that gets it.
 */
final class TimeLimit {

	/** The contract promises an answer within 2 s. */
	static final Duration ANSWER = Duration.ofMillis(1700);

	/** The limit for a statement that reads or inserts many rows. */
	static final Duration MANY_ROWS = Duration.ofSeconds(10);

	private final Timers timers;

	TimeLimit(Timers timers) {
		this.timers = timers;
	}

	/**
	 * Limits a request's work on the database, which goes on {@linkplain #toTheEnd to its
	 * end}.
	 * @param <T> the answer's type
	 * @param work the work, with the lease for its connection
	 * @return the work; a {@link TimeoutException} when it took longer than 1.7 s
	 */
	<T> Mono<T> on(Function<Lease, Mono<T>> work) {
		return Mono.defer(() -> {
			Lease lease = new Lease();
			return within(ANSWER, lease, work.apply(lease));
		});
	}

	/**
	 * Limits work that has one answer. It goes on {@linkplain #toTheEnd to its end}.
	 * @param <T> the answer's type
	 * @param limit how long it may take
	 * @param lease the lease for its connection, which is cut then
	 * @param work the work
	 * @return the work; a {@link TimeoutException} when it took longer
	 */
	<T> Mono<T> within(Duration limit, Lease lease, Mono<T> work) {
		return Mono.create((answer) -> {
			Race<T> race = new Race<>(answer, lease);
			race.timer = this.timers.after(race::timeOut, limit);
			work.subscribe(race);
		});
	}

	/**
	 * Lets work go on when nobody waits for its answer any more: when a statement is
	 * cancelled, r2dbc-postgresql 1.1.3 never releases the memory of the rows that are on
	 * their way.
	 * @param <T> the answer's type
	 * @param work the work
	 * @return the work, without a way to cancel it
	 */
	static <T> Mono<T> toTheEnd(Mono<T> work) {
		return Mono.deferContextual((context) -> Mono
			.fromFuture(context.isEmpty() ? work::toFuture : work.contextWrite(context)::toFuture, true));
	}

	/**
	 * Answers with what the work gives or, when the timer is first, with a
	 * {@link TimeoutException}. It never cancels the work.
	 */
	private static final class Race<T> implements CoreSubscriber<T> {

		private final MonoSink<T> answer;

		private final Lease lease;

		private final AtomicBoolean over = new AtomicBoolean();

		private Disposable timer = Disposables.disposed();

		Race(MonoSink<T> answer, Lease lease) {
			this.answer = answer;
			this.lease = lease;
		}

		void timeOut() {
			if (this.over.compareAndSet(false, true)) {
				this.lease.<T>cut().subscribe(this.answer::success, this.answer::error);
			}
		}

		@Override
		public Context currentContext() {
			return Context.of(this.answer.contextView());
		}

		@Override
		public void onSubscribe(Subscription work) {
			work.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(T value) {
			if (isFirst()) {
				this.answer.success(value);
			}
		}

		@Override
		public void onError(Throwable error) {
			if (isFirst()) {
				this.answer.error(error);
			}
		}

		@Override
		public void onComplete() {
			if (isFirst()) {
				this.answer.success();
			}
		}

		private boolean isFirst() {
			if (!this.over.compareAndSet(false, true)) {
				return false;
			}
			this.timer.dispose();
			return true;
		}

	}

}
