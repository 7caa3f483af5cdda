package dev.crud.database;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Wrapped;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Hands out the connections of a pool and tells the {@link TimeLimit.Lease} of the work
 * which one it got.
 */
class Connections implements ConnectionFactory {

	/**
	 * For a connection that others have. What is left of the contract's 2 s must do for
	 * the statement.
	 */
	private static final Duration WAIT = Duration.ofMillis(700);

	private final ConnectionPool pool;

	private final PoolMetrics metrics;

	Connections(ConnectionPool pool) {
		this.pool = pool;
		this.metrics = pool.getMetrics().orElseThrow();
	}

	@Override
	public Publisher<? extends Connection> create() {
		return Mono.deferContextual((context) -> {
			TimeLimit.Lease lease = context.getOrDefault(TimeLimit.Lease.class, null);
			Mono<Connection> connection = acquire(this.metrics.getMaxAllocatedSize());
			return (lease != null) ? connection.flatMap(lease::hold) : connection;
		});
	}

	/** A pool that is full of dead connections heals within one request. */
	private Mono<Connection> acquire(int triesLeft) {
		return acquire().onErrorResume((error) -> triesLeft > 0 && !(error instanceof TimeoutException),
				(dead) -> acquire(triesLeft - 1));
	}

	/**
	 * A timer is dear: only who has to wait gets one. A new connection has the time that
	 * the pool gives it.
	 */
	private Mono<Connection> acquire() {
		boolean waits = this.metrics.idleSize() == 0
				&& this.metrics.allocatedSize() >= this.metrics.getMaxAllocatedSize();
		return waits ? this.pool.create().timeout(WAIT) : this.pool.create();
	}

	@Override
	public ConnectionFactoryMetadata getMetadata() {
		return this.pool.getMetadata();
	}

	/**
	 * Closes a connection for good, under the pool's feet: the pool notices and makes
	 * another.
	 * @param pooled the connection as the pool handed it out
	 * @return completes soon, closed or not
	 */
	static Mono<Void> cut(Connection pooled) {
		Object physical = (pooled instanceof Wrapped<?> wrapped) ? wrapped.unwrap() : pooled;
		return (physical instanceof Connection connection)
				? Mono.from(connection.close()).timeout(Duration.ofMillis(100)).onErrorComplete() : Mono.empty();
	}

}
