package dev.crud.edge;

import dev.crud.telemetry.RequestTelemetry;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * A request and its response. Spring's {@code ServerWebExchange} would prepare forms,
 * sessions and locales for each request, and load their classes at the start.
 *
 * @param request the request
 * @param response its response
 * @param channel the client's connection; Reactor Netty forgets it when it ends a request
 * @param scheduler its event loop. All answers must be written there, and none before the
 * call that delivered the request has returned. Otherwise Reactor Netty 1.3.6 may stop
 * reading from a connection that is kept alive (reactor-netty#4361)
 * @param telemetry observes the request, if anything does
 */
record HttpExchange(ServerHttpRequest request, ServerHttpResponse response, Channel channel, Scheduler scheduler,
		@Nullable RequestTelemetry telemetry) {

	HttpExchange(ServerHttpRequest request, ServerHttpResponse response, @Nullable RequestTelemetry telemetry) {
		this(request, response, ServerHttpRequestDecorator.<Connection>getNativeRequest(request).channel(), telemetry);
	}

	private HttpExchange(ServerHttpRequest request, ServerHttpResponse response, Channel channel,
			@Nullable RequestTelemetry telemetry) {
		this(request, response, channel, Schedulers.fromExecutor((task) -> channel.eventLoop().execute(task)),
				telemetry);
	}

	/**
	 * Returns the path as it was sent, with nothing decoded.
	 * @return the path
	 */
	String path() {
		return this.request.getURI().getRawPath();
	}

	boolean isHead() {
		return HttpMethod.HEAD.equals(this.request.getMethod());
	}

	/**
	 * Returns the request as Reactor Netty has it.
	 * @return the request
	 */
	HttpServerRequest received() {
		return ServerHttpRequestDecorator.getNativeRequest(this.request);
	}

	EventLoop eventLoop() {
		return this.channel.eventLoop();
	}

}
