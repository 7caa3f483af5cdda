package dev.crud.database;

import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.netty.resolver.AddressResolverGroup;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactories;
import io.r2dbc.postgresql.client.ReactorNettyClient;
import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/**
 * Makes all connections use one name resolver. r2dbc-postgresql 1.1.3 creates another for
 * each attempt to connect, and each keeps its memory and a UDP socket until the process
 * ends.
 */
final class OneResolver implements ConnectionProvider {

	private final ConnectionProvider connections = ConnectionProvider.newConnection();

	private final AtomicReference<@Nullable AddressResolverGroup<?>> first = new AtomicReference<>();

	private OneResolver() {
	}

	static ConnectionFactory factory(PostgresqlConnectionConfiguration configuration) {
		OneResolver resolver = new OneResolver();
		return PostgresqlConnectionFactories.create((address, settings) -> ReactorNettyClient
			.connect(address, settings.mutate((builder) -> builder.connectionProvider(resolver)))
			.cast(io.r2dbc.postgresql.client.Client.class), configuration);
	}

	/**
	 * Replaces the resolver that the driver has created; one that is never used costs
	 * nothing.
	 */
	@Override
	public Mono<? extends Connection> acquire(TransportConfig config, ConnectionObserver observer,
			@Nullable Supplier<? extends SocketAddress> address, @Nullable AddressResolverGroup<?> another) {
		this.first.compareAndSet(null, another);
		return this.connections.acquire(config, observer, address, this.first.get());
	}

}
