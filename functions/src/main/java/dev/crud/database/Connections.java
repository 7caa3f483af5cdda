package dev.crud.database;

import java.time.Duration;

import io.netty.channel.ConnectTimeoutException;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.NestedExceptionUtils;

/**
 * Hands out the connections of a pool, and tells the {@link Lease} of the work which
 * connection it got.
 */
class Connections implements ConnectionFactory {

	/**
	 * How long to wait while others use all connections. The rest of the contract's 2 s
	 * must be enough for the statement.
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
			Lease lease = context.getOrDefault(Lease.class, null);
			Mono<Connection> connection = acquire(this.metrics.getMaxAllocatedSize());
			return (lease != null) ? connection.flatMap(lease::hold) : connection;
		});
	}

	/**
	 * Tries again, so that a pool full of dead connections recovers within one request,
	 * and a lost packet delays a new connection by no more than its time-out.
	 */
	private Mono<Connection> acquire(int triesLeft) {
		return acquire().onErrorResume((error) -> triesLeft > 0 && (isDead(error) || isLost(error)),
				(failed) -> acquire(triesLeft - 1));
	}

	/** Returns whether the pool has found that the server closed the connection. */
	private static boolean isDead(Throwable error) {
		return error instanceof R2dbcNonTransientResourceException resource && resource.getSqlState() == null;
	}

	private static boolean isLost(Throwable error) {
		return NestedExceptionUtils.getMostSpecificCause(error) instanceof ConnectTimeoutException;
	}

	/**
	 * Sets a timer only for a request that has to wait, because timers cost time. For a
	 * new connection, the pool's own time limit applies.
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

}
