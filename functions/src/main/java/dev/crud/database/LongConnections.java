package dev.crud.database;

import java.time.Duration;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Hands out connections for work that may keep them long: lists, uploads and exact
 * counts. In a process that serves other functions too, some connections are left for
 * those.
 */
class LongConnections implements ConnectionFactory {

	/**
	 * How long to wait for a place. With the wait for a connection of the pool, which is
	 * as long, it stays within the contract's 2 s.
	 */
	private static final Duration WAIT = Duration.ofMillis(700);

	private final ConnectionFactory connections;

	private final Share share;

	LongConnections(ConnectionFactory connections, int places) {
		this.connections = connections;
		this.share = new Share(places);
	}

	/**
	 * Returns how many connections may be kept long at the same time.
	 * @param all how many connections the pool has
	 * @return three quarters of them, but at least one
	 */
	static int placesBesideOthers(int all) {
		return Math.max(1, all - (all + 3) / 4);
	}

	@Override
	public Publisher<? extends Connection> create() {
		return Mono.deferContextual((context) -> {
			Lease lease = context.get(Lease.class);
			Mono<Connection> connection = Mono.defer(() -> {
				lease.atEnd(this.share::giveBack);
				return Mono.from(this.connections.create());
			});
			return this.share.take(WAIT).then(connection).doOnError((error) -> lease.end());
		});
	}

	@Override
	public ConnectionFactoryMetadata getMetadata() {
		return this.connections.getMetadata();
	}

}
