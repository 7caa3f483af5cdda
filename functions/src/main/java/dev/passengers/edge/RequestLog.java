package dev.passengers.edge;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/**
 * Logs requests that are traced (W3C Trace Context) and requests that failed, a line
 * each. Knative counts and times all others.
 */
final class RequestLog {

	/** Where the trace goes on: the context of everything that works for a request. */
	static final String TRACEPARENT = "traceparent";

	private static final Logger logger = LoggerFactory.getLogger(RequestLog.class);

	private static final Pattern VALID = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

	Mono<Void> around(ServerWebExchange exchange, Mono<Void> answer) {
		String traceparent = traceparent(exchange);
		if (traceparent == null) {
			return answer;
		}
		long start = System.nanoTime();
		return answer
			.doFinally((signal) -> about(exchange, logger.atInfo())
				.addKeyValue("milliseconds", (System.nanoTime() - start) / 1_000_000)
				.addKeyValue("end", signal)
				.log("request"))
			.contextWrite((context) -> context.put(TRACEPARENT, traceparent));
	}

	void failure(ServerWebExchange exchange, HttpProblem problem, Throwable error) {
		if (problem.status().is5xxServerError()) {
			boolean ours = problem.status().value() == 500;
			about(exchange, ours ? logger.atError().setCause(error) : logger.atWarn()).addKeyValue("cause", error)
				.log(ours ? "failed" : "unavailable");
		}
	}

	private static LoggingEventBuilder about(ServerWebExchange exchange, LoggingEventBuilder event) {
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		String traceparent = traceparent(exchange);
		LoggingEventBuilder about = event.addKeyValue("method", exchange.getRequest().getMethod().name())
			.addKeyValue("path", exchange.getRequest().getURI().getRawPath());
		about = (status != null) ? about.addKeyValue("status", status.value()) : about;
		return (traceparent != null) ? about.addKeyValue(TRACEPARENT, traceparent) : about;
	}

	private static @Nullable String traceparent(ServerWebExchange exchange) {
		String value = exchange.getRequest().getHeaders().getFirst(TRACEPARENT);
		return (value != null && VALID.matcher(value).matches()) ? value : null;
	}

}
