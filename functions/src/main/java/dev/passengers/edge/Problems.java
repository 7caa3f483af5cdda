package dev.passengers.edge;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

import dev.passengers.passenger.InvalidPassenger;
import dev.passengers.passenger.Refusal;
import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.TransactionException;

/**
 * Says which problem an exception is. What the database says stays in the log.
 */
final class Problems {

	private Problems() {
	}

	static HttpProblem of(Throwable error) {
		if (error instanceof HttpProblem problem) {
			return problem;
		}
		if (error instanceof InvalidPassenger invalid) {
			return HttpProblem.badRequest(String.valueOf(invalid.getMessage()), invalid.violations().list());
		}
		if (error instanceof Refusal refusal) {
			return of(refusal.reason());
		}
		return isUnavailable(error) ? HttpProblem.unavailable() : HttpProblem.internal();
	}

	private static HttpProblem of(Refusal.Reason reason) {
		return switch (reason) {
			case NO_SUCH_PASSENGER -> HttpProblem.noSuchPassenger();
			case CHANGED -> HttpProblem.of(HttpStatus.PRECONDITION_FAILED,
					"The passenger has changed; get it again for its present ETag.");
			case KEY_REUSED -> HttpProblem.of(HttpStatus.UNPROCESSABLE_CONTENT,
					"This Idempotency-Key was used with another body within the last 24 hours.");
			case CURSOR_GONE -> HttpProblem.badRequest(
					"The passenger named by after is gone; under sort, follow the Link header of the page before.");
			case COUNT_TOO_LONG -> HttpProblem.countTooLong();
		};
	}

	/**
	 * Everything that a database can throw at a correct statement is a state it is in:
	 * down, starting, full, not yet migrated, not yet told the password.
	 */
	private static boolean isUnavailable(@Nullable Throwable error) {
		if (error instanceof DataIntegrityViolationException) {
			return false;
		}
		return error instanceof DataAccessException || error instanceof TransactionException
				|| error instanceof R2dbcException || error instanceof TimeoutException || error instanceof IOException;
	}

}
