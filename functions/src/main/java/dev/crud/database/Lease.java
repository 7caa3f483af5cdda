package dev.crud.database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.Connection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.pool.PooledRef;

/**
 * Tracks the connection that a piece of work uses, from getting it to giving it back, so
 * that a time-out that fires too late does not close a connection that another request
 * already has.
 */
final class Lease {

	/**
	 * How long to wait for closing; a server that hangs does not answer to this either.
	 */
	private static final Duration CLOSE = Duration.ofMillis(100);

	private @Nullable PooledRef<Connection> held;

	private @Nullable Runnable atEnd;

	private boolean over;

	/**
	 * Takes a connection, or gives it back when it arrives too late.
	 * @param pooled the connection, from the pool
	 * @return the connection; a {@link TimeoutException} when it arrived too late
	 */
	synchronized Mono<Connection> hold(PooledRef<Connection> pooled) {
		if (this.over) {
			return pooled.release().then(Mono.error(TimeoutException::new));
		}
		this.held = pooled;
		return Mono.just(pooled.poolable());
	}

	/**
	 * Remembers an action to run when the connection is given back or closed, or when the
	 * work ends without one.
	 * @param action the action, which runs once
	 */
	synchronized void atEnd(Runnable action) {
		this.atEnd = action;
	}

	/** Gives the connection back, if there is one. */
	void release() {
		PooledRef<Connection> pooled = take();
		if (pooled != null) {
			pooled.release().subscribe();
		}
		end();
	}

	private void end() {
		Runnable action;
		synchronized (this) {
			action = this.atEnd;
			this.atEnd = null;
		}
		if (action != null) {
			action.run();
		}
	}

	/**
	 * Refuses any connection from now on.
	 * @return whether there is none yet
	 */
	synchronized boolean refuse() {
		this.over = true;
		return this.held == null;
	}

	/**
	 * Closes the connection if the work still has it. The pool opens another when it
	 * needs one.
	 * @param <T> the type of the work's result
	 * @return a {@link TimeoutException}, once the connection is closed or closing takes
	 * too long
	 */
	<T> Mono<T> cut() {
		return Mono.defer(this::close).then(Mono.error(TimeoutException::new));
	}

	private Mono<Void> close() {
		refuse();
		PooledRef<Connection> pooled = take();
		if (pooled == null) {
			return Mono.empty();
		}
		CompletableFuture<Void> closed = pooled.invalidate().toFuture();
		end();
		return Mono.fromFuture(closed, true).timeout(CLOSE).onErrorComplete();
	}

	private synchronized @Nullable PooledRef<Connection> take() {
		PooledRef<Connection> pooled = this.held;
		this.held = null;
		return pooled;
	}

}
