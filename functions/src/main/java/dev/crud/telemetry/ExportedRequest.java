package dev.crud.telemetry;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;

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

	private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");

	private static final AttributeKey<String> QUERY = AttributeKey.stringKey("db.query.text");

	/** Other methods are one, so that no client can make up names. */
	private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH",
			"CONNECT", "TRACE");

	private static final Pattern BLANK = Pattern.compile("\\s+");

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
			.setAttribute(METHOD, this.method)
			.setAttribute(SCHEME, "http")
			.setAttribute(PATH, request.getURI().getRawPath())
			.startSpan();
		this.context = client.with(this.span);
	}

	@Override
	public void route(String template) {
		this.route = template;
		this.span.updateName(this.method + " " + template);
		this.span.setAttribute(ROUTE, template);
	}

	@Override
	public TraceIds ids() {
		SpanContext ids = this.span.getSpanContext();
		return new TraceIds(ids.getTraceId(), ids.getSpanId());
	}

	@Override
	public Mono<Void> around(ServerHttpResponse response, Mono<Void> answer) {
		AtomicReference<Throwable> failure = new AtomicReference<>();
		return answer.doOnError(failure::set)
			.doFinally((signal) -> end(response.getStatusCode(), signal, failure.get()))
			.contextWrite((reactor) -> reactor.put(RequestTelemetry.class, this));
	}

	private void end(@Nullable HttpStatusCode code, SignalType signal, @Nullable Throwable failure) {
		long status = (code != null) ? code.value() : 200;
		AttributesBuilder attributes = Attributes.builder().put(METHOD, this.method).put(SCHEME, "http");
		if (this.route != null) {
			attributes.put(ROUTE, this.route);
		}
		attributes.put(STATUS, status);
		this.span.setAttribute(STATUS, status);
		String error = (failure != null) ? failure.getClass().getName()
				: (signal == SignalType.CANCEL) ? "cancelled" : (status >= 500) ? Long.toString(status) : null;
		if (error != null) {
			attributes.put(Instruments.ERROR_TYPE, error);
			this.span.setAttribute(Instruments.ERROR_TYPE, error);
			this.span.setStatus(StatusCode.ERROR);
		}
		this.with.requests().record(secondsSince(this.start), attributes.build(), this.context);
		this.span.end();
	}

	@Override
	<T> Flux<T> observeRows(String sql, Flux<T> rows) {
		return Flux.defer(() -> {
			Work work = statement(sql);
			AtomicLong count = new AtomicLong();
			return rows.doOnNext((row) -> count.incrementAndGet()).doOnError(work::end).doOnComplete(() -> {
				this.with.rows().record(count.get(), work.attributes, this.context);
				work.end(null);
			}).doOnCancel(() -> work.end(null));
		});
	}

	@Override
	<T> Mono<T> observeStatement(String sql, Mono<T> statement) {
		return observe(() -> statement(sql), statement);
	}

	@Override
	<T> Mono<T> observeWait(Mono<T> wait) {
		return observe(
				() -> new Work("wait for a connection", SpanKind.INTERNAL, this.with.database(), this.with.waits()),
				wait.doOnError(TimeoutException.class, (error) -> this.with.timeouts().add(1, this.with.database())));
	}

	private static <T> Mono<T> observe(Supplier<Work> begin, Mono<T> mono) {
		return Mono.defer(() -> {
			Work work = begin.get();
			return mono.doOnError(work::end).doOnSuccess((done) -> work.end(null)).doOnCancel(() -> work.end(null));
		});
	}

	private Work statement(String sql) {
		String operation = BLANK.splitAsStream(sql).findFirst().orElseThrow();
		Attributes attributes = this.with.database().toBuilder().put(OPERATION, operation).build();
		Work work = new Work(operation, SpanKind.CLIENT, attributes, this.with.statements());
		work.span.setAttribute(QUERY, sql);
		return work;
	}

	private static double secondsSince(long start) {
		return (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
	}

	/** A part of the request that has a span and a measured time. */
	private final class Work {

		private final long start = System.nanoTime();

		private final Span span;

		private final Attributes attributes;

		private final DoubleHistogram measured;

		Work(String name, SpanKind kind, Attributes attributes, DoubleHistogram measured) {
			this.span = ExportedRequest.this.with.tracer()
				.spanBuilder(name)
				.setParent(ExportedRequest.this.context)
				.setSpanKind(kind)
				.setAllAttributes(attributes)
				.startSpan();
			this.attributes = attributes;
			this.measured = measured;
		}

		void end(@Nullable Throwable error) {
			Attributes all = this.attributes;
			if (error != null) {
				String state = (error instanceof R2dbcException cause) ? cause.getSqlState() : null;
				String type = (state != null) ? state : error.getClass().getName();
				all = all.toBuilder().put(Instruments.ERROR_TYPE, type).build();
				this.span.setAttribute(Instruments.ERROR_TYPE, type);
				this.span.setStatus(StatusCode.ERROR);
			}
			this.measured.record(secondsSince(this.start), all, ExportedRequest.this.context);
			this.span.end();
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
