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
 * The connection that work is done on, from when it gets one to when it gives it back.
 */
final class Lease {

	/** A server that hangs does not answer to this either. */
	private static final Duration CLOSE = Duration.ofMillis(100);

	private @Nullable Connection pooled;

	private @Nullable Runnable atEnd;

	private boolean over;

	Context into(Context context) {
		return context.put(Lease.class, this);
	}

	/**
	 * Takes a connection, or gives it back when it comes too late.
	 * @param connection the connection, from the pool
	 * @return the connection; a {@link TimeoutException} when it came too late
	 */
	synchronized Mono<Connection> hold(Connection connection) {
		if (this.over) {
			return Mono.from(connection.close()).then(Mono.error(TimeoutException::new));
		}
		this.pooled = connection;
		return Mono.just(new LeasedConnection(connection, this));
	}

	/**
	 * Keeps what is to be done when the connection goes back, or when there was none.
	 * @param action what to do, once
	 */
	synchronized void atEnd(Runnable action) {
		this.atEnd = action;
	}

	/** The connection is about to go back. */
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
	 * Refuses a connection from now on.
	 * @return whether there is none yet
	 */
	synchronized boolean refuse() {
		this.over = true;
		return this.pooled == null;
	}

	/**
	 * Closes the connection, if the work still has it, under the pool, which notices and
	 * makes another.
	 * @param <T> what the work would have given
	 * @return a {@link TimeoutException}, once the connection is closed or soon after
	 */
	<T> Mono<T> cut() {
		return Mono.defer(this::cutOff).then(Mono.error(TimeoutException::new));
	}

	private synchronized Mono<Void> cutOff() {
		this.over = true;
		if (!(this.pooled instanceof Wrapped<?> wrapped) || !(wrapped.unwrap() instanceof Connection physical)) {
			return Mono.empty();
		}
		// Closing begins before anybody else can get it.
		CompletableFuture<Void> closed = Mono.from(physical.close()).toFuture();
		return Mono.fromFuture(closed, true).timeout(CLOSE).onErrorComplete();
	}

}
