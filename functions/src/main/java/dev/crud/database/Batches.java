package dev.crud.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

import dev.crud.telemetry.RequestTelemetry;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

/**
 * Lets requests share statements. While a statement is running, further requests wait for
 * its end, and the next one is for all of them. So the more there is to do, the less of
 * it the database has to do for each request.
 *
 * @param <I> what a request asks for
 * @param <O> what it is answered with
 */
final class Batches<I, O> {

	/** How long requests wait for others' statement; nobody waits for one that hangs. */
	private static final Duration PATIENCE = Duration.ofMillis(5);

	/** How many requests share a statement at most. */
	private static final int MANY = 100;

	/**
	 * How long a batch that waits for a connection may be joined. Its time limits are
	 * those of its first request.
	 */
	private static final Duration JOINABLE = Duration.ofMillis(200);

	/**
	 * Classes of Postgres's SQLSTATE for errors that are no request's fault: of the
	 * connection, the login, the server's state or resources, an operator, the system.
	 * After any other error nothing is stored, and it may be one request's values that
	 * Postgres refuses.
	 */
	private static final Set<String> NOBODYS_FAULT = Set.of("08", "25", "28", "3D", "3F", "53", "57", "58", "XX");

	private final TimeLimit limit;

	private final Timers timers;

	private final Statements statements;

	private final String text;

	private final boolean reads;

	private final BiFunction<Connection, List<I>, Mono<List<Optional<O>>>> statement;

	/** The statement to wait for. */
	private @Nullable Batch running;

	/** The batch that requests join, which waits for that statement or a connection. */
	private @Nullable Batch waiting;

	/**
	 * Creates batches of one kind of statement.
	 * @param limit limits how long a statement takes
	 * @param timers limit how long requests wait for it
	 * @param statements runs the statements
	 * @param text the statement's text, as telemetry shows it
	 * @param reads whether it changes nothing, so that it may be run again although its
	 * outcome is unknown
	 * @param statement runs it for several requests and answers each, in their order
	 */
	Batches(TimeLimit limit, Timers timers, Statements statements, String text, boolean reads,
			BiFunction<Connection, List<I>, Mono<List<Optional<O>>>> statement) {
		this.limit = limit;
		this.timers = timers;
		this.statements = statements;
		this.text = text;
		this.reads = reads;
		this.statement = statement;
	}

	/**
	 * Runs the statement for a request and for others that come at the same time.
	 * @param input what the request asks for
	 * @return what it is answered with; empty when there is nothing, a
	 * {@link TimeoutException} 1.7 s after the first of them came, or sooner when all
	 * connections remain in use
	 */
	Mono<O> run(I input) {
		return Mono.deferContextual((context) -> join(new Request<>(input, Sinks.unsafe().one(), context)));
	}

	private Mono<O> join(Request<I, O> request) {
		Batch batch;
		boolean first;
		boolean starts;
		synchronized (this) {
			Batch joined = joinable();
			first = joined == null;
			batch = (joined != null) ? joined : open(request);
			batch.requests.add(request);
			boolean full = batch.requests.size() >= MANY;
			if (full) {
				close(batch);
			}
			starts = this.running == null || full;
		}
		if (starts) {
			start(batch);
		}
		Mono<O> output = request.output.asMono();
		return first ? output : RequestTelemetry.shared(request.context, batch.connected.asMono(), this.text, output);
	}

	private @Nullable Batch joinable() {
		Batch batch = this.waiting;
		return (batch != null && System.nanoTime() - batch.start < JOINABLE.toNanos()) ? batch : null;
	}

	private Batch open(Request<I, O> first) {
		Batch batch = new Batch(System.nanoTime(), first.context);
		if (this.running != null) {
			batch.patience = this.timers.after(() -> start(batch), PATIENCE);
		}
		this.waiting = batch;
		return batch;
	}

	private void start(Batch batch) {
		synchronized (this) {
			if (batch.started) {
				return;
			}
			batch.started = true;
			this.running = batch;
			// While a connection is opened for it, another may become idle.
			if (!this.statements.areConnectionsAllInUse()) {
				close(batch);
			}
		}
		batch.run();
	}

	/**
	 * Lets no more requests join a batch. While all connections are in use they may, so
	 * that a statement is for more requests, rather than more statements waiting.
	 */
	private synchronized void close(Batch batch) {
		if (this.waiting == batch) {
			this.waiting = null;
		}
	}

	private void ended(Batch batch) {
		Batch next;
		synchronized (this) {
			close(batch);
			if (this.running != batch) {
				return;
			}
			this.running = null;
			next = this.waiting;
		}
		if (next != null) {
			start(next);
		}
	}

	private record Request<I, O>(I input, Sinks.One<O> output, ContextView context) {

		void answer(Optional<O> with) {
			with.ifPresentOrElse(this.output::tryEmitValue, this.output::tryEmitEmpty);
		}

	}

	/** Requests that share a statement, which the first of them runs. */
	private final class Batch {

		/** When the first of them came, in nanoseconds. */
		private final long start;

		/** The first one's, which runs the statement. */
		private final ContextView context;

		private final List<Request<I, O>> requests = new ArrayList<>();

		private boolean started;

		private final Sinks.Empty<Void> connected = Sinks.unsafe().empty();

		/**
		 * Cancelled, because an event loop with a timer that is due soon never sleeps.
		 */
		private Disposable patience = Disposables.disposed();

		Batch(long start, ContextView context) {
			this.start = start;
			this.context = context;
		}

		void run() {
			this.patience.dispose();
			Lease lease = new Lease();
			Mono<List<Optional<O>>> outputs = Batches.this.statements.on(lease, (connection) -> {
				close(this);
				this.connected.tryEmitEmpty();
				List<I> inputs = this.requests.stream().map(Request::input).toList();
				return Batches.this.statement.apply(connection, inputs);
			});
			Batches.this.limit.within(TimeLimit.ANSWER.minusNanos(System.nanoTime() - this.start), lease, outputs)
				// The next statement is on its way before these requests are answered.
				.doOnTerminate(() -> ended(this))
				.contextWrite(this.context)
				.subscribe(this::answer, this::fail);
		}

		private void answer(List<Optional<O>> outputs) {
			for (int i = 0; i < this.requests.size(); i++) {
				this.requests.get(i).answer((i < outputs.size()) ? outputs.get(i) : Optional.empty());
			}
		}

		private void fail(Throwable error) {
			boolean ran = this.connected.tryEmitError(error).isFailure();
			if (ran && this.requests.size() > 1 && mayBeOfOneRequest(error)) {
				this.requests.forEach(this::alone);
				return;
			}
			this.requests.forEach((request) -> request.output.tryEmitError(error));
		}

		private boolean mayBeOfOneRequest(Throwable error) {
			if (error instanceof R2dbcException answer) {
				String state = answer.getSqlState();
				return state != null && state.length() == 5 && !NOBODYS_FAULT.contains(state.substring(0, 2));
			}
			// A stored value that can't be read, which no function has stored.
			return Batches.this.reads && !(error instanceof TimeoutException);
		}

		/** Runs the statement for one of the requests, in the time that is left. */
		private void alone(Request<I, O> request) {
			Batch batch = new Batch(this.start, request.context);
			batch.requests.add(request);
			batch.run();
		}

	}

}
