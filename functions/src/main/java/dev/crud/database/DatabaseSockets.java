package dev.crud.database;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
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
	static final int SOCKETS_AT_ONCE = 5;

	/**
	 * By then whoever asked for the connection has given up, and has said so. A product
	 * would initialise BigDecimal, which takes the start 2 MiB.
	 */
	private static final Duration GIVEN_UP = DatabaseConfiguration.CREATE.plus(DatabaseConfiguration.CREATE);

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
			.timeout(GIVEN_UP)
			.<Client>cast(Client.class)
			.doOnNext((client) -> {
				open.replace(null);
				client.getScheduler()
					.schedule(() -> closeBeforeLogin(client), GIVEN_UP.toMillis(), TimeUnit.MILLISECONDS);
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
			AddressResolverGroup<?> kept = Objects.requireNonNull(this.resolver.get());
			Function<Runnable, Mono<? extends Connection>> socket = (setUp) -> this.sockets.acquire(config, observer,
					address, new Announcing<>(kept, setUp));
			Timers timers = new Timers(config.loopResources().onClient(config.isPreferNative()));
			return Mono.<Connection>create((first) -> new Race(socket, timers, open, first).open(SOCKETS_AT_ONCE));
		};
	}

	/**
	 * Several sockets, of which the first that is open, or has failed, is the outcome.
	 */
	private static final class Race {

		private final Function<Runnable, Mono<? extends Connection>> socket;

		private final Timers timers;

		private final Disposable.Swap open;

		private final MonoSink<Connection> first;

		private final Disposable.Composite attempts = Disposables.composite();

		private final AtomicBoolean over = new AtomicBoolean();

		/**
		 * Creates it.
		 * @param socket opens a socket, and runs an action when it is set up
		 * @param timers run on the sockets' threads
		 * @param open holds the socket that is used until the driver has it
		 * @param first takes the outcome
		 */
		Race(Function<Runnable, Mono<? extends Connection>> socket, Timers timers, Disposable.Swap open,
				MonoSink<Connection> first) {
			this.socket = socket;
			this.timers = timers;
			this.open = open;
			this.first = first.onDispose(this.attempts);
		}

		/**
		 * Opens a socket, and others later.
		 * @param most how many at most
		 */
		void open(int most) {
			if (most > 0 && !this.over.get()) {
				this.attempts.add(this.socket.apply(() -> openLater(most - 1)).subscribe(this::opened, this::failed));
			}
		}

		/**
		 * Not before, since a JVM that has just started may take longer than that to set
		 * up a socket.
		 */
		private void openLater(int most) {
			this.attempts.add(this.timers.after(() -> open(most), NEXT_TRY));
		}

		/** The socket's own thread passes it on, as the driver expects. */
		private void opened(Connection connection) {
			if (this.over.compareAndSet(false, true)) {
				this.open.update(connection);
				this.first.success(connection);
			}
			else {
				connection.dispose();
			}
		}

		private void failed(Throwable error) {
			if (this.over.compareAndSet(false, true)) {
				this.first.error(error);
			}
		}

	}

	/**
	 * Runs an action on a socket's thread when the socket is set up and about to look up
	 * the server's name.
	 *
	 * @param <T> the kind of address
	 */
	private static final class Announcing<T extends SocketAddress> extends AddressResolverGroup<T> {

		private final AddressResolverGroup<T> resolvers;

		private final Runnable action;

		Announcing(AddressResolverGroup<T> resolvers, Runnable action) {
			this.resolvers = resolvers;
			this.action = action;
		}

		@Override
		public AddressResolver<T> getResolver(EventExecutor thread) {
			AddressResolver<T> resolver = newResolver(thread);
			this.action.run();
			return resolver;
		}

		@Override
		protected AddressResolver<T> newResolver(EventExecutor thread) {
			return this.resolvers.getResolver(thread);
		}

	}

}
