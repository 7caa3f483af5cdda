package dev.crud.telemetry;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Observes one request. The code that works for a request finds it in Reactor's context;
 * where nothing is observed, there is none.
 */
public abstract class RequestTelemetry {

	/**
	 * Observes a statement that returns rows.
	 * @param <T> what a row is turned into
	 * @param sql the statement, without values
	 * @param rows runs it
	 * @return the same rows
	 */
	public static <T> Flux<T> rows(String sql, Flux<T> rows) {
		return Flux.deferContextual((context) -> {
			RequestTelemetry request = of(context);
			return (request != null) ? request.observeRows(sql, rows) : rows;
		});
	}

	/**
	 * Observes a statement that returns no rows.
	 * @param <T> the type of its result
	 * @param sql the statement, without values
	 * @param statement runs it
	 * @return the same result
	 */
	public static <T> Mono<T> statement(String sql, Mono<T> statement) {
		return observed(statement, (request) -> request.observeStatement(sql, statement));
	}

	/**
	 * Observes the wait for a connection to the database.
	 * @param <T> the type of its result
	 * @param wait waits
	 * @return the same result
	 */
	public static <T> Mono<T> wait(Mono<T> wait) {
		return observed(wait, (request) -> request.observeWait(wait));
	}

	/**
	 * Observes a statement that another request runs for this one as well. It is measured
	 * once, for the request that runs it.
	 * @param <T> the type of its result
	 * @param context this request's context
	 * @param connected completes when there is a connection for it
	 * @param sql the statement, without values
	 * @param answer what the statement gives for this request
	 * @return the same result
	 */
	public static <T> Mono<T> shared(ContextView context, Mono<Void> connected, String sql, Mono<T> answer) {
		RequestTelemetry request = of(context);
		return (request != null) ? request.observeShared(connected, sql, answer) : answer;
	}

	private static <T> Mono<T> observed(Mono<T> work, Function<RequestTelemetry, Mono<T>> observe) {
		return Mono.deferContextual((context) -> {
			RequestTelemetry request = of(context);
			return (request != null) ? observe.apply(request) : work;
		});
	}

	private static @Nullable RequestTelemetry of(ContextView context) {
		return context.isEmpty() ? null : context.getOrDefault(RequestTelemetry.class, null);
	}

	/**
	 * Names the request's route.
	 * @param route its path, with names for variable parts
	 */
	public abstract void route(String route);

	/**
	 * Returns the identifiers of the request's span.
	 * @return what log lines are found by
	 */
	public abstract TraceIds ids();

	/**
	 * Observes the answer until it is sent.
	 * @param response the response
	 * @param answer sends it
	 * @return the same answer
	 */
	public abstract Mono<Void> around(ServerHttpResponse response, Mono<Void> answer);

	abstract <T> Flux<T> observeRows(String sql, Flux<T> rows);

	abstract <T> Mono<T> observeStatement(String sql, Mono<T> statement);

	abstract <T> Mono<T> observeWait(Mono<T> wait);

	abstract <T> Mono<T> observeShared(Mono<Void> connected, String sql, Mono<T> answer);

}
