package dev.crud.edge;

import dev.crud.auth.DeniedException;
import dev.crud.function.RefusedException;
import dev.crud.table.InvalidRowException;
import dev.crud.table.Noun;

import org.springframework.http.HttpStatus;

/**
 * Turns exceptions into problems. Messages of the database appear only in the log.
 */
final class Problems {

	private final Noun noun;

	Problems(Noun noun) {
		this.noun = noun;
	}

	ProblemException of(Throwable error) {
		if (error instanceof ProblemException problem) {
			return problem;
		}
		if (error instanceof InvalidRowException invalid) {
			return ProblemException.badRequest(String.valueOf(invalid.getMessage()), invalid.violations().list());
		}
		if (error instanceof RefusedException refusal) {
			return of(refusal.reason());
		}
		if (error instanceof DeniedException denied) {
			return of(denied);
		}
		return Failures.isDatabaseUnavailable(error) ? ProblemException.unavailable() : ProblemException.internal();
	}

	private ProblemException of(RefusedException.Reason reason) {
		return switch (reason) {
			case NO_SUCH_ROW ->
				ProblemException.of(HttpStatus.NOT_FOUND, "There is no such " + this.noun.singular() + ".");
			case CHANGED -> ProblemException.of(HttpStatus.PRECONDITION_FAILED,
					"The " + this.noun.singular() + " has changed; get it again for its present ETag.");
			case KEY_REUSED -> ProblemException.of(HttpStatus.UNPROCESSABLE_CONTENT,
					"This Idempotency-Key was used with another body within the last 24 hours.");
			case POSITION_GONE -> ProblemException.badRequest("The " + this.noun.singular()
					+ " named by after is gone; under sort, follow the Link header of the page before.");
			case COUNT_TOO_LONG -> ProblemException.countTooLong();
		};
	}

	private static ProblemException of(DeniedException denied) {
		String detail = String.valueOf(denied.getMessage());
		return switch (denied.reason()) {
			case UNAUTHENTICATED -> ProblemException.denied(HttpStatus.UNAUTHORIZED, detail, denied.challenge());
			case AMBIGUOUS -> ProblemException.denied(HttpStatus.BAD_REQUEST, detail, denied.challenge());
			case FORBIDDEN -> ProblemException.denied(HttpStatus.FORBIDDEN, detail, denied.challenge());
			case WITHOUT_KEYS -> ProblemException.unavailable(detail);
		};
	}

}
