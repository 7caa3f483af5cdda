package dev.crud.database;

import java.time.Duration;

import io.r2dbc.spi.Connection;
import reactor.pool.InstrumentedPool;

import org.springframework.context.Lifecycle;
import org.springframework.context.Phased;

/**
 * Closes the database's connections after the server has stopped and before their threads
 * stop, so that Postgres is told.
 */
final class PoolLifecycle implements Lifecycle, Phased {

	/** The threads are in phase 0, and higher phases stop earlier. */
	private static final int BEFORE_THREADS = 1;

	private static final Duration LIMIT = Duration.ofMillis(500);

	private final InstrumentedPool<Connection> pool;

	PoolLifecycle(InstrumentedPool<Connection> pool) {
		this.pool = pool;
	}

	@Override
	public void start() {
		// Nothing to do: the pool opens connections when they are needed.
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
