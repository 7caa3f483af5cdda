package dev.passengers.edge;

import dev.passengers.passenger.InvalidPassenger;
import dev.passengers.passenger.Refusal;

import org.springframework.http.HttpStatus;

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
		return Failures.isDatabaseUnavailable(error) ? HttpProblem.unavailable() : HttpProblem.internal();
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

}
