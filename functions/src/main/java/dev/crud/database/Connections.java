package dev.crud.database;

import java.time.Duration;

import dev.crud.telemetry.RequestTelemetry;
import io.netty.channel.ConnectTimeoutException;
import io.r2dbc.spi.Connection;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PooledRef;

import org.springframework.core.NestedExceptionUtils;

/**
 * Hands out the connections of a pool.
 */
class Connections {

	/**
	 * How long to wait while others use all connections. The rest of the contract's 2 s
	 * must be enough for the statement.
	 */
	private static final Duration WAIT = Duration.ofMillis(700);

	private final InstrumentedPool<Connection> pool;

	/** How often to try again when no socket opens in time. */
	private final int tries;

	Connections(InstrumentedPool<Connection> pool) {
		this.pool = pool;
		this.tries = pool.metrics().getMaxAllocatedSize();
	}

	/**
	 * Gets a connection.
	 * @param lease holds the connection until it is given back
	 * @return the connection
	 */
	Mono<Connection> connect(Lease lease) {
		return RequestTelemetry.wait(acquire(this.tries)).flatMap(lease::hold);
	}

	/**
	 * Returns whether another request for a connection has to wait until one is given
	 * back.
	 * @return whether there is no idle connection and none may be opened
	 */
	boolean areAllInUse() {
		InstrumentedPool.PoolMetrics now = this.pool.metrics();
		return now.idleSize() == 0 && now.allocatedSize() == now.getMaxAllocatedSize();
	}

	private Mono<PooledRef<Connection>> acquire(int triesLeft) {
		return this.pool.acquire(WAIT)
			.onErrorResume((error) -> triesLeft > 0 && isLost(error), (lost) -> acquire(triesLeft - 1));
	}

	private static boolean isLost(Throwable error) {
		return NestedExceptionUtils.getMostSpecificCause(error) instanceof ConnectTimeoutException;
	}

}
