package dev.crud.telemetry;

import java.util.Set;
import java.util.StringTokenizer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;
import reactor.core.observability.DefaultSignalListener;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * A request with a span, in a trace that the client may have begun.
 */
final class ExportedRequest extends RequestTelemetry {

	private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");

	private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");

	private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");

	private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");

	private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

	private static final AttributeKey<String> QUERY = AttributeKey.stringKey("db.query.text");

	/** Other methods are one, so that no client can make up names. */
	private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH",
			"CONNECT", "TRACE");

	private final Instruments with;

	private final String method;

	private final Context context;

	private final Span span;

	private final long start = System.nanoTime();

	private @Nullable String route;

	ExportedRequest(Instruments with, TextMapPropagator propagator, ServerHttpRequest request) {
		this.with = with;
		String name = request.getMethod().name();
		this.method = METHODS.contains(name) ? name : "_OTHER";
		Context client = propagator.extract(Context.root(), request, Headers.GETTER);
		this.span = with.tracer()
			.spanBuilder(this.method.equals("_OTHER") ? "HTTP" : this.method)
			.setParent(client)
			.setSpanKind(SpanKind.SERVER)
			.startSpan();
		// Samplers that OTEL_TRACES_SAMPLER knows ask for no attributes.
		if (this.span.isRecording()) {
			this.span.setAttribute(METHOD, this.method);
			this.span.setAttribute(SCHEME, "http");
			this.span.setAttribute(PATH, request.getURI().getRawPath());
		}
		this.context = client.with(this.span);
	}

	@Override
	public void route(String template) {
		this.route = template;
		if (this.span.isRecording()) {
			this.span.updateName(this.method + " " + template);
			this.span.setAttribute(ROUTE, template);
		}
	}

	@Override
	public TraceIds ids() {
		SpanContext ids = this.span.getSpanContext();
		return new TraceIds(ids.getTraceId(), ids.getSpanId());
	}

	@Override
	public Mono<Void> around(ServerHttpResponse response, Mono<Void> answer) {
		return answer.tap(() -> new Answer(response));
	}

	private void end(@Nullable HttpStatusCode code, SignalType signal, @Nullable Throwable failure) {
		long status = (code != null) ? code.value() : 200;
		this.span.setAttribute(STATUS, status);
		String error = (failure != null) ? failure.getClass().getName()
				: (signal == SignalType.CANCEL) ? "cancelled" : (status >= 500) ? Long.toString(status) : null;
		if (error != null) {
			this.span.setAttribute(Instruments.ERROR_TYPE, error);
			this.span.setStatus(StatusCode.ERROR);
		}
		Attributes outcome = this.with.outcomes()
			.computeIfAbsent(new Outcome(this.method, this.route, status, error), Outcome::attributes);
		this.with.requests().record(secondsSince(this.start), outcome, this.context);
		this.span.end();
	}

	@Override
	<T> Flux<T> observeRows(String sql, Flux<T> rows) {
		return rows.tap(() -> new Rows<>(sql));
	}

	@Override
	<T> Mono<T> observeStatement(String sql, Mono<T> statement) {
		return statement.tap(() -> new Statement<>(sql, this.with.statements()));
	}

	@Override
	<T> Mono<T> observeWait(Mono<T> wait) {
		return wait.tap(() -> new Wait<>(this.with.waits()));
	}

	@Override
	<T> Mono<T> observeShared(Mono<Void> connected, String sql, Mono<T> answer) {
		return this.span.isRecording()
				? connected.tap(() -> new Wait<>(null)).then(answer.tap(() -> new Statement<>(sql, null))) : answer;
	}

	private static double secondsSince(long start) {
		return (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
	}

	/**
	 * What metrics tell of a request. There are few, because no client can make up a part
	 * of one.
	 *
	 * @param method its method
	 * @param route its route, if there is one
	 * @param status the status of its answer
	 * @param error what went wrong, if anything did
	 */
	record Outcome(String method, @Nullable String route, long status, @Nullable String error) {

		Attributes attributes() {
			AttributesBuilder attributes = Attributes.builder()
				.put(METHOD, this.method)
				.put(SCHEME, "http")
				.put(STATUS, this.status);
			if (this.route != null) {
				attributes.put(ROUTE, this.route);
			}
			if (this.error != null) {
				attributes.put(Instruments.ERROR_TYPE, this.error);
			}
			return attributes.build();
		}

	}

	/**
	 * The answer. Those who work for it find this request in their context.
	 */
	private final class Answer extends DefaultSignalListener<Void> {

		private final ServerHttpResponse response;

		private @Nullable Throwable failure;

		Answer(ServerHttpResponse response) {
			this.response = response;
		}

		@Override
		public reactor.util.context.Context addToContext(reactor.util.context.Context reactor) {
			return reactor.put(RequestTelemetry.class, ExportedRequest.this);
		}

		@Override
		public void doOnError(Throwable error) {
			this.failure = error;
		}

		@Override
		public void doFinally(SignalType signal) {
			end(this.response.getStatusCode(), signal, this.failure);
		}

	}

	/**
	 * A part of the request, which is measured unless it is another request's as well.
	 * Its span is recorded if the request's is.
	 */
	private class Work<T> extends DefaultSignalListener<T> {

		private final long start = System.nanoTime();

		final @Nullable DoubleHistogram measured;

		final Attributes attributes;

		final Span span;

		private boolean over;

		Work(String name, SpanKind kind, Attributes attributes, @Nullable DoubleHistogram measured) {
			this.measured = measured;
			this.attributes = attributes;
			this.span = ExportedRequest.this.span.isRecording() ? ExportedRequest.this.with.tracer()
				.spanBuilder(name)
				.setParent(ExportedRequest.this.context)
				.setSpanKind(kind)
				.setAllAttributes(attributes)
				.startSpan() : Span.getInvalid();
		}

		/**
		 * What follows the only value is other work, which begins before this completes.
		 */
		@Override
		public void doOnNext(T value) {
			end(this.attributes);
		}

		@Override
		public void doOnComplete() {
			end(this.attributes);
		}

		@Override
		public void doOnCancel() {
			end(this.attributes);
		}

		@Override
		public void doOnError(Throwable error) {
			String state = (error instanceof R2dbcException cause) ? cause.getSqlState() : null;
			String type = (state != null) ? state : error.getClass().getName();
			this.span.setAttribute(Instruments.ERROR_TYPE, type);
			this.span.setStatus(StatusCode.ERROR);
			end(this.attributes.toBuilder().put(Instruments.ERROR_TYPE, type).build());
		}

		private void end(Attributes all) {
			if (this.over) {
				return;
			}
			this.over = true;
			if (this.measured != null) {
				this.measured.record(secondsSince(this.start), all, ExportedRequest.this.context);
			}
			this.span.end();
		}

	}

	private final class Wait<T> extends Work<T> {

		Wait(@Nullable DoubleHistogram measured) {
			super("wait for a connection", SpanKind.INTERNAL, ExportedRequest.this.with.database(), measured);
		}

		@Override
		public void doOnError(Throwable error) {
			if (this.measured != null && error instanceof TimeoutException) {
				ExportedRequest.this.with.timeouts().add(1, this.attributes);
			}
			super.doOnError(error);
		}

	}

	private class Statement<T> extends Work<T> {

		/** A statement is named by its first word; those that begin with WITH insert. */
		Statement(String sql, @Nullable DoubleHistogram measured) {
			this(sql, sql.startsWith("WITH ") ? "INSERT" : new StringTokenizer(sql, " \n(").nextToken(), measured);
		}

		private Statement(String sql, String operation, @Nullable DoubleHistogram measured) {
			super(operation, SpanKind.CLIENT, ExportedRequest.this.with.database(operation), measured);
			this.span.setAttribute(QUERY, sql);
		}

	}

	/** A statement whose rows are counted. */
	private final class Rows<T> extends Statement<T> {

		private long count;

		Rows(String sql) {
			super(sql, ExportedRequest.this.with.statements());
		}

		@Override
		public void doOnNext(T row) {
			this.count++;
		}

		@Override
		public void doOnComplete() {
			ExportedRequest.this.with.rows().record(this.count, this.attributes, ExportedRequest.this.context);
			super.doOnComplete();
		}

	}

	/** Reads the client's trace. */
	private enum Headers implements TextMapGetter<ServerHttpRequest> {

		GETTER;

		@Override
		public Iterable<String> keys(ServerHttpRequest request) {
			return request.getHeaders().headerNames();
		}

		@Override
		public @Nullable String get(@Nullable ServerHttpRequest request, String name) {
			return (request != null) ? request.getHeaders().getFirst(name) : null;
		}

	}

}
