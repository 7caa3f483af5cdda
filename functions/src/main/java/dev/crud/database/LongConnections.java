package dev.crud.database;

import java.time.Duration;

import dev.crud.telemetry.RequestTelemetry;
import io.r2dbc.spi.Connection;
import reactor.core.publisher.Mono;

/**
 * Hands out connections for work that may keep them long: lists, uploads and exact
 * counts. In a process that serves other functions too, some connections are left for
 * those.
 */
class LongConnections {

	/**
	 * How long to wait for a place. With the wait for a connection of the pool, which is
	 * as long, it stays within the contract's 2 s.
	 */
	private static final Duration WAIT = Duration.ofMillis(700);

	private final Connections connections;

	private final Share share;

	LongConnections(Connections connections, int places) {
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

	/**
	 * Gets a connection.
	 * @param lease holds the connection until it is given back
	 * @return the connection
	 */
	Mono<Connection> connect(Lease lease) {
		return RequestTelemetry.wait(this.share.take(WAIT)).then(Mono.defer(() -> {
			lease.atEnd(this.share::giveBack);
			return this.connections.connect(lease);
		})).doOnError((error) -> lease.release());
	}

}
