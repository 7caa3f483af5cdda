package dev.crud.database;

import java.time.Duration;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Hands out connections for what a slow client may keep them for: lists, uploads and
 * exact counts. In a process that serves other functions too, some are left for those.
 */
class LongConnections implements ConnectionFactory {

	/** As long as for a connection of the pool: both together are within the 2 s. */
	private static final Duration WAIT = Duration.ofMillis(700);

	private final ConnectionFactory connections;

	private final Share share;

	LongConnections(ConnectionFactory connections, int places) {
		this.connections = connections;
		this.share = new Share(places);
	}

	/**
	 * Returns how many connections may be kept long.
	 * @param all how many there are
	 * @return three quarters of them, at least one
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
