package dev.crud.edge;

import dev.crud.telemetry.RequestTelemetry;
import dev.crud.telemetry.TraceIds;
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

	/** Request headers, and the names under which a log line has their values. */
	private static final String TRACEPARENT = "traceparent";

	private static final String TRACESTATE = "tracestate";

	/** The longest list of the vendors' states that has to be passed on. */
	private static final int LONGEST_STATE = 512;

	private static final Logger logger = LoggerFactory.getLogger(RequestLog.class);

	private final FailureLog failures = new FailureLog();

	Mono<Void> around(HttpExchange exchange, Mono<Void> answer) {
		if (clientSpan(exchange) == null) {
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
		LoggingEventBuilder about = event.addKeyValue("method", exchange.request().getMethod().name())
			.addKeyValue("path", exchange.path());
		TraceIds client = clientSpan(exchange);
		RequestTelemetry telemetry = exchange.telemetry();
		TraceIds ids = (telemetry != null) ? telemetry.ids() : client;
		if (ids != null) {
			about = about.addKeyValue("trace_id", ids.trace()).addKeyValue("span_id", ids.span());
		}
		if (client != null) {
			about = about.addKeyValue(TRACEPARENT, header(exchange, TRACEPARENT));
			String state = header(exchange, TRACESTATE);
			if (state != null && state.length() <= LONGEST_STATE) {
				about = about.addKeyValue(TRACESTATE, state);
			}
		}
		return about;
	}

	private static @Nullable TraceIds clientSpan(HttpExchange exchange) {
		return TraceIds.parse(header(exchange, TRACEPARENT));
	}

	private static @Nullable String header(HttpExchange exchange, String name) {
		return exchange.request().getHeaders().getFirst(name);
	}

}
