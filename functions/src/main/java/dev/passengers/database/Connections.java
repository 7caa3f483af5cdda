package dev.passengers.database;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Wrapped;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Hands out the connections of a pool and tells the {@link TimeLimit.Lease} of the work
 * which one it got.
 */
class Connections implements ConnectionFactory {

	/**
	 * At least the size of a pool: one that is full of dead connections heals within one
	 * request.
	 */
	private static final int DEAD_CONNECTIONS = 64;

	private final ConnectionFactory pool;

	Connections(ConnectionFactory pool) {
		this.pool = pool;
	}

	@Override
	public Publisher<? extends Connection> create() {
		return Mono.deferContextual((context) -> {
			Mono<Connection> connection = Mono.<Connection>from(this.pool.create())
				.retryWhen(Retry.max(DEAD_CONNECTIONS).filter((error) -> !(error instanceof TimeoutException)));
			TimeLimit.Lease lease = context.getOrDefault(TimeLimit.Lease.class, null);
			return (lease != null) ? connection.delayUntil(lease::hold) : connection;
		});
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
