package dev.crud.edge;

import java.util.List;
import java.util.Map;

import dev.crud.table.Violation;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Thrown to answer with a problem (RFC 9457).
 */
final class ProblemException extends RuntimeException {

	private final HttpStatus status;

	private final transient Map<String, String> headers;

	private final transient List<Violation> violations;

	private ProblemException(HttpStatus status, String detail, Map<String, String> headers,
			List<Violation> violations) {
		super(detail, null, false, false);
		this.status = status;
		this.headers = headers;
		this.violations = violations;
	}

	static ProblemException of(HttpStatus status, String detail) {
		return new ProblemException(status, detail, Map.of(), List.of());
	}

	static ProblemException badRequest(String detail) {
		return of(HttpStatus.BAD_REQUEST, detail);
	}

	static ProblemException badRequest(String detail, List<Violation> violations) {
		return new ProblemException(HttpStatus.BAD_REQUEST, detail, Map.of(), violations);
	}

	static ProblemException malformedBody() {
		return new ProblemException(HttpStatus.BAD_REQUEST, "The body is not well-formed HTTP.",
				Map.of(HttpHeaders.CONNECTION, "close"), List.of());
	}

	static ProblemException notFound() {
		return of(HttpStatus.NOT_FOUND, "There is nothing at this path.");
	}

	static ProblemException methodNotAllowed(String allow) {
		return new ProblemException(HttpStatus.METHOD_NOT_ALLOWED, "This path allows " + allow + ".",
				Map.of(HttpHeaders.ALLOW, allow), List.of());
	}

	static ProblemException unsupportedMediaType(String accepted, Map<String, String> headers) {
		return new ProblemException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be " + accepted + ", in UTF-8.",
				headers, List.of());
	}

	static ProblemException tooSlow() {
		return new ProblemException(HttpStatus.REQUEST_TIMEOUT, "The body must keep coming.",
				Map.of(HttpHeaders.CONNECTION, "close"), List.of());
	}

	static ProblemException tooLarge(long maxBytes) {
		return new ProblemException(HttpStatus.CONTENT_TOO_LARGE, "The body must have at most " + maxBytes + " bytes.",
				Map.of(HttpHeaders.CONNECTION, "close"), List.of());
	}

	static ProblemException denied(HttpStatus status, String detail, String challenge) {
		return new ProblemException(status, detail, Map.of(HttpHeaders.WWW_AUTHENTICATE, challenge), List.of());
	}

	static ProblemException unavailable() {
		return unavailable("The database does not answer now; try again soon.");
	}

	static ProblemException unavailable(String detail) {
		return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, detail, Map.of(HttpHeaders.RETRY_AFTER, "1"),
				List.of());
	}

	static ProblemException countTooLong() {
		return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE,
				"Counting takes longer than 10 s; count=estimated gives the database's estimate at once.",
				Map.of(HttpHeaders.RETRY_AFTER, "10"), List.of());
	}

	static ProblemException internal() {
		return of(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong that should not have.");
	}

	HttpStatus status() {
		return this.status;
	}

	Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Writes the problem as JSON.
	 * @param instance the path of the request
	 * @return a JSON object as RFC 9457 defines it
	 */
	String json(String instance) {
		StringBuilder json = new StringBuilder("{\"type\":\"about:blank\",\"title\":");
		Json.quote(this.status.getReasonPhrase(), json).append(",\"status\":").append(this.status.value());
		Json.quote(String.valueOf(getMessage()), json.append(",\"detail\":"));
		Json.quote(instance, json.append(",\"instance\":"));
		if (!this.violations.isEmpty()) {
			json.append(",\"errors\":[");
			this.violations.forEach((violation) -> append(violation, json));
			json.setCharAt(json.length() - 1, ']');
		}
		return json.append('}').toString();
	}

	private static void append(Violation violation, StringBuilder json) {
		json.append('{');
		if (violation.line() > 0) {
			json.append("\"line\":").append(violation.line()).append(',');
		}
		Json.quote(violation.pointer(), json.append("\"pointer\":"));
		Json.quote(violation.detail(), json.append(",\"detail\":")).append("},");
	}

}
