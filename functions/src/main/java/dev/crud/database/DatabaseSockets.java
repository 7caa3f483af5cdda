package dev.crud.database;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.resolver.AddressResolverGroup;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactories;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.client.ConnectionSettings;
import io.r2dbc.postgresql.client.ReactorNettyClient;
import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;
import reactor.netty.resources.ConnectionProvider;

/**
 * Opens the sockets of connections to the database, where r2dbc-postgresql 1.1.3 leaves
 * something behind: it creates another name resolver for each attempt to connect, which
 * keeps its memory and a UDP socket until the process ends, and leaves a socket open when
 * the handshake for TLS fails, or when nobody waits any longer for the login. While no
 * socket is open, another one is tried beside it.
 */
final class DatabaseSockets {

	/**
	 * When to try again. Network policies may let a new pod through only a moment after
	 * the pod has started, and TCP resends what they drop only after a second.
	 */
	static final Duration NEXT_TRY = Duration.ofMillis(50);

	/** So that a resolver of names that is slow does not make them many. */
	private static final int SOCKETS_AT_ONCE = 5;

	private final ConnectionProvider sockets = ConnectionProvider.newConnection();

	private final AtomicReference<@Nullable AddressResolverGroup<?>> resolver = new AtomicReference<>();

	private DatabaseSockets() {
	}

	static ConnectionFactory factory(PostgresqlConnectionConfiguration configuration) {
		return PostgresqlConnectionFactories.create(new DatabaseSockets()::connect, BinaryCodecs::new, configuration);
	}

	private Mono<Client> connect(SocketAddress address, ConnectionSettings settings) {
		Disposable.Swap open = Disposables.swap();
		return ReactorNettyClient
			.connect(address, settings.mutate((builder) -> builder.connectionProvider(keeping(open))))
			// The driver does not pass on that a handshake is given up.
			.timeout(DatabaseConfiguration.CREATE)
			.<Client>cast(Client.class)
			.doOnNext((client) -> {
				open.replace(null);
				// By then whoever asked for the connection has given up, and says so.
				long later = 2 * DatabaseConfiguration.CREATE.toMillis();
				client.getScheduler().schedule(() -> closeBeforeLogin(client), later, TimeUnit.MILLISECONDS);
			})
			.doFinally((end) -> open.dispose());
	}

	private static void closeBeforeLogin(Client client) {
		if (client.getProcessId().isEmpty()) {
			client.close().subscribe();
		}
	}

	/**
	 * Uses the first resolver instead of the one that the driver has just created; one
	 * that is never used costs nothing.
	 */
	private ConnectionProvider keeping(Disposable.Swap open) {
		return (config, observer, address, another) -> {
			this.resolver.compareAndSet(null, another);
			Mono<? extends Connection> socket = this.sockets.acquire(config, observer, address, this.resolver.get());
			Timers timers = new Timers(config.loopResources().onClient(config.isPreferNative()));
			return Mono.<Connection>create((first) -> {
				AtomicBoolean over = new AtomicBoolean();
				first.onDispose(() -> over.set(true));
				timers.after(() -> open(socket, SOCKETS_AT_ONCE, over, first, timers), Duration.ZERO);
			}).doOnNext(open::update);
		};
	}

	/**
	 * Opens a socket, and others later, until one is open or has failed. All are served
	 * by the thread that opens them: it sets up the first, which takes long with TLS,
	 * before it lets the time run, and it passes on the socket, as the driver expects.
	 */
	private static void open(Mono<? extends Connection> socket, int most, AtomicBoolean over,
			MonoSink<Connection> first, Timers timers) {
		if (over.get() || most == 0) {
			return;
		}
		socket.subscribe((opened) -> {
			if (over.compareAndSet(false, true)) {
				first.success(opened);
			}
			else {
				opened.dispose();
			}
		}, (error) -> {
			if (over.compareAndSet(false, true)) {
				first.error(error);
			}
		});
		timers.after(() -> open(socket, most - 1, over, first, timers), NEXT_TRY);
	}

}
