package dev.crud.database;

import java.util.Objects;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Connects to the database on behalf of the pool. After an attempt has failed, only one
 * attempt is made at a time, and all waiting requests share its outcome, until one
 * succeeds. A request fails only when an attempt that began after its arrival has failed,
 * so the next request succeeds as soon as the database is back.
 */
class ConnectionAttempts {

	private final ConnectionFactory database;

	private boolean away;

	private Sinks.@Nullable Empty<Void> trial;

	ConnectionAttempts(ConnectionFactory database) {
		this.database = database;
	}

	/**
	 * Opens a connection.
	 * @return the connection
	 */
	Mono<Connection> create() {
		return Mono.defer(() -> next(true));
	}

	private Mono<Connection> next(boolean mayBeOlder) {
		Sinks.Empty<Void> own = Sinks.empty();
		Sinks.Empty<Void> joined = join(own);
		if (joined == null || joined == own) {
			return attempt(own);
		}
		return joined.asMono().materialize().flatMap((outcome) -> {
			if (outcome.isOnComplete()) {
				return attempt(own);
			}
			// That attempt may have begun before the database was back.
			return mayBeOlder ? next(false) : Mono.error(Objects.requireNonNull(outcome.getThrowable()));
		});
	}

	/**
	 * Returns the attempt to wait for.
	 * @param own the attempt to begin if there is none yet
	 * @return that attempt, another one, or {@code null} while the database is available
	 */
	private synchronized Sinks.@Nullable Empty<Void> join(Sinks.Empty<Void> own) {
		if (this.away && this.trial == null) {
			this.trial = own;
		}
		return this.trial;
	}

	private Mono<Connection> attempt(Sinks.Empty<Void> own) {
		return Mono.<Connection>from(this.database.create())
			.doOnSuccess((connection) -> settle(own, null))
			.doOnError((error) -> settle(own, error))
			// It took longer than a request may wait.
			.doOnCancel(() -> settle(own, tookTooLong()));
	}

	/** Of the database, unlike the {@code TimeoutException} of a pool in full use. */
	static R2dbcException tookTooLong() {
		return new R2dbcTimeoutException("The database does not finish a login in time");
	}

	private void settle(Sinks.Empty<Void> own, @Nullable Throwable error) {
		synchronized (this) {
			this.away = error != null;
			if (this.trial == own) {
				this.trial = null;
			}
		}
		if (error == null) {
			own.tryEmitEmpty();
		}
		else {
			own.tryEmitError(error);
		}
	}

}
