package dev.crud.edge;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * Logs one line for each request that is traced (W3C Trace Context) or has failed.
 * Knative counts and times all others.
 */
final class RequestLog {

	/** The request header, and the name under which a log line has its value. */
	private static final String TRACEPARENT = "traceparent";

	private static final Logger logger = LoggerFactory.getLogger(RequestLog.class);

	private static final Pattern VALID = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

	private final FailureLog failures = new FailureLog();

	Mono<Void> around(HttpExchange exchange, Mono<Void> answer) {
		String traceparent = traceparent(exchange);
		if (traceparent == null) {
			return answer;
		}
		long start = System.nanoTime();
		return answer.doFinally((signal) -> about(exchange, logger.atInfo()).addKeyValue("status", status(exchange))
			.addKeyValue("milliseconds", (System.nanoTime() - start) / 1_000_000)
			.addKeyValue("end", signal)
			.log("request"));
	}

	/**
	 * Logs a failure that is not the client's fault.
	 * @param exchange the request
	 * @param problem the problem that the client is answered with
	 * @param error what happened
	 */
	void failure(HttpExchange exchange, ProblemException problem, Throwable error) {
		if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
			add("unavailable", exchange, Level.WARN, error);
		}
		else if (problem.status().is5xxServerError()) {
			add("failed", exchange, Level.ERROR, error);
		}
	}

	private void add(String message, HttpExchange exchange, Level level, Throwable error) {
		this.failures.add(message, about(exchange, logger.atLevel(level)), level, error, exchange.eventLoop());
	}

	private static int status(HttpExchange exchange) {
		HttpStatusCode status = exchange.response().getStatusCode();
		return (status != null) ? status.value() : 200;
	}

	private static LoggingEventBuilder about(HttpExchange exchange, LoggingEventBuilder event) {
		String traceparent = traceparent(exchange);
		LoggingEventBuilder about = event.addKeyValue("method", exchange.request().getMethod().name())
			.addKeyValue("path", exchange.path());
		return (traceparent != null) ? about.addKeyValue(TRACEPARENT, traceparent) : about;
	}

	private static @Nullable String traceparent(HttpExchange exchange) {
		String value = exchange.request().getHeaders().getFirst(TRACEPARENT);
		return (value != null && VALID.matcher(value).matches()) ? value : null;
	}

}
