package dev.crud.database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.crud.telemetry.StartUp;
import io.r2dbc.spi.Connection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;

/**
 * Opens a first connection while the rest of the application starts, so that the database
 * answers as soon as the port does. Closes all connections after the server has stopped
 * and before their threads stop, so that Postgres is told.
 */
final class PoolLifecycle implements SmartLifecycle {

	/** The threads are in phase 0 and the server is in a late one. */
	private static final int BETWEEN_THREADS_AND_SERVER = 1;

	/**
	 * How long the port may wait for the database. If the database is unavailable, the
	 * process starts anyway.
	 */
	private static final Duration FIRST_CONNECTION = Duration.ofSeconds(2);

	private static final Duration LIMIT = Duration.ofMillis(500);

	private final StartUp startUp;

	private @Nullable InstrumentedPool<Connection> pool;

	private CompletableFuture<Integer> attempts = CompletableFuture.completedFuture(0);

	/** The attempts, for as long as the start waits for them. */
	private CompletableFuture<Integer> first = CompletableFuture.completedFuture(0);

	PoolLifecycle(StartUp startUp) {
		this.startUp = startUp;
	}

	/**
	 * Begins to open a connection.
	 * @param connections the pool, which a function without a database never makes
	 */
	void open(InstrumentedPool<Connection> connections) {
		this.pool = connections;
		long begun = System.nanoTime();
		this.attempts = connections.warmup()
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, DatabaseSockets.NEXT_TRY)
				.filter((error) -> System.nanoTime() - begun < FIRST_CONNECTION.toNanos()))
			.toFuture();
		// Reactor Pool 1.2.6 would for ever count a connection whose attempt is
		// cancelled.
		this.first = Mono.fromFuture(this.attempts, true).timeout(FIRST_CONNECTION).onErrorComplete().toFuture();
	}

	@Override
	public void start() {
		this.startUp.contextReady();
		this.first.join();
		this.startUp.databaseReady();
	}

	@Override
	public void stop() {
		this.attempts.cancel(true);
		if (this.pool != null) {
			this.pool.disposeLater().timeout(LIMIT).onErrorComplete().block();
		}
	}

	@Override
	public boolean isRunning() {
		return this.pool != null && this.first.isDone() && !this.pool.isDisposed();
	}

	@Override
	public int getPhase() {
		return BETWEEN_THREADS_AND_SERVER;
	}

}
