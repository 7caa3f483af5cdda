package dev.crud.database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Wrapped;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Tracks the connection that a piece of work uses, from getting it to giving it back.
 */
final class Lease {

	/**
	 * How long to wait for closing; a server that hangs does not answer to this either.
	 */
	private static final Duration CLOSE = Duration.ofMillis(100);

	private @Nullable Connection pooled;

	private @Nullable Runnable atEnd;

	private boolean over;

	Context into(Context context) {
		return context.put(Lease.class, this);
	}

	/**
	 * Takes a connection, or gives it back when it arrives too late.
	 * @param connection the connection, from the pool
	 * @return the connection; a {@link TimeoutException} when it arrived too late
	 */
	synchronized Mono<Connection> hold(Connection connection) {
		if (this.over) {
			return Mono.from(connection.close()).then(Mono.error(TimeoutException::new));
		}
		this.pooled = connection;
		return Mono.just(new LeasedConnection(connection, this));
	}

	/**
	 * Remembers an action to run when the connection is given back, or when the work ends
	 * without one.
	 * @param action the action, which runs once
	 */
	synchronized void atEnd(Runnable action) {
		this.atEnd = action;
	}

	/** Ends the lease; the connection is about to be given back. */
	void end() {
		@Nullable Runnable action;
		synchronized (this) {
			this.pooled = null;
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
		return this.pooled == null;
	}

	/**
	 * Closes the connection if the work still has it. The pool notices that and opens
	 * another.
	 * @param <T> the type of the work's result
	 * @return a {@link TimeoutException}, once the connection is closed or closing takes
	 * too long
	 */
	<T> Mono<T> cut() {
		return Mono.defer(this::cutOff).then(Mono.error(TimeoutException::new));
	}

	private synchronized Mono<Void> cutOff() {
		this.over = true;
		if (!(this.pooled instanceof Wrapped<?> wrapped) || !(wrapped.unwrap() instanceof Connection physical)) {
			return Mono.empty();
		}
		// Closing begins before any other work can get the connection.
		CompletableFuture<Void> closed = Mono.from(physical.close()).toFuture();
		return Mono.fromFuture(closed, true).timeout(CLOSE).onErrorComplete();
	}

}
