package dev.crud.database;

import java.time.Duration;

import io.r2dbc.pool.ConnectionPool;

import org.springframework.context.Lifecycle;
import org.springframework.context.Phased;

/**
 * Closes the database's connections when the server has stopped and before their threads
 * do, so that Postgres is told.
 */
final class PoolLifecycle implements Lifecycle, Phased {

	/** The threads are in phase 0; what is higher stops earlier. */
	private static final int BEFORE_THREADS = 1;

	private static final Duration LIMIT = Duration.ofMillis(500);

	private final ConnectionPool pool;

	PoolLifecycle(ConnectionPool pool) {
		this.pool = pool;
	}

	@Override
	public void start() {
		// The pool opens its connections when they are asked for.
	}

	@Override
	public void stop() {
		this.pool.disposeLater().timeout(LIMIT).onErrorComplete().block();
	}

	@Override
	public boolean isRunning() {
		return !this.pool.isDisposed();
	}

	@Override
	public int getPhase() {
		return BEFORE_THREADS;
	}

}
