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
 * Tells whether the client, the database or our own code caused an exception.
 */
final class Failures {

	/**
	 * The classes of SQLSTATE, and single SQLSTATEs, that report the state of the
	 * database (PostgreSQL manual, appendix A). All others mean that our statement was
	 * wrong.
	 */
	private static final Set<String> STATES_OF_THE_DATABASE = Set.of(
			// The connection is lost; the role or password is not set up yet; deadlock.
			"08", "28", "40",
			// Out of connections, memory or disk; stopping, starting or out of time; I/O
			// error.
			"53", "57", "58",
			// The server is read-only; a lock is not available.
			"25006", "55P03",
			// The database, the schema or the table does not exist yet.
			"3D000", "3F000", "42P01");

	private Failures() {
	}

	/**
	 * Returns whether the client has broken its connection.
	 * @param error what happened
	 * @return true when there is nobody left to answer, and nothing has failed on our
	 * side
	 */
	static boolean isClientGone(Throwable error) {
		// An exception from a connection to the database is wrapped by the driver, so
		// this one is from the client's connection.
		return error instanceof AbortedException || error instanceof IOException;
	}

	/**
	 * Returns whether the database is unavailable for now.
	 * @param error what happened
	 * @return true when trying again later may help; false when our own statement is at
	 * fault
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
	 * Names the kind of a failure; failures with the same cause have the same kind.
	 * @param error what happened
	 * @return the name of a class, and the SQLSTATE if there is one
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
