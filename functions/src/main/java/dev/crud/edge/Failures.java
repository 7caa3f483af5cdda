package dev.crud.edge;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/**
 * Says whose failure an exception is: the client's, the database's, or ours.
 */
final class Failures {

	/**
	 * The classes of SQLSTATE, and single states, that say what state the database is in
	 * (PostgreSQL manual, appendix A). All others say that our statement was wrong.
	 */
	private static final Set<String> STATES_OF_THE_DATABASE = Set.of(
			// Connection lost; role or password not set up yet; deadlock.
			"08", "28", "40",
			// Out of connections, memory or disk; stopping, starting, out of time; I/O.
			"53", "57", "58",
			// A server that only reads; a lock that was not to be had.
			"25006", "55P03",
			// The database, the schema or the table is not there yet.
			"3D000", "3F000", "42P01");

	private Failures() {
	}

	/**
	 * Returns whether the client has broken its connection.
	 * @param error what happened
	 * @return whether nobody is there to be answered, and nothing of ours has failed
	 */
	static boolean isClientGone(Throwable error) {
		// The driver wraps those of the database's connections.
		return error instanceof AbortedException || error instanceof IOException
				|| error instanceof io.netty.handler.timeout.TimeoutException;
	}

	/**
	 * Returns whether the database can't do now what it could do at another time.
	 * @param error what happened
	 * @return whether to try again later; false when our own statement is at fault
	 */
	static boolean isDatabaseUnavailable(Throwable error) {
		R2dbcException cause = r2dbc(error);
		if (cause == null) {
			return error instanceof TimeoutException;
		}
		String state = cause.getSqlState();
		if (state == null || state.length() != 5) {
			return cause instanceof R2dbcNonTransientResourceException
					|| cause instanceof R2dbcTransientResourceException || cause instanceof R2dbcTimeoutException;
		}
		return STATES_OF_THE_DATABASE.contains(state) || STATES_OF_THE_DATABASE.contains(state.substring(0, 2));
	}

	/**
	 * Names the kind of a failure, the same for all that have the same cause.
	 * @param error what happened
	 * @return a class, and a SQLSTATE if there is one
	 */
	static String kind(Throwable error) {
		R2dbcException cause = r2dbc(error);
		return (cause == null) ? error.getClass().getName() : cause.getClass().getName() + ' ' + cause.getSqlState();
	}

	private static @Nullable R2dbcException r2dbc(Throwable error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof R2dbcException r2dbc) {
				return r2dbc;
			}
		}
		return null;
	}

}
