package dev.crud.edge;

import dev.crud.telemetry.RequestTelemetry;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpVersion;
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
 * @param scheduler the event loop of the client's connection. All answers must be written
 * there, and none before the call that delivered the request has returned. Otherwise
 * Reactor Netty 1.3.6 may stop reading from a connection that is kept alive
 * (reactor-netty#4361)
 * @param telemetry observes the request, if anything does
 */
record HttpExchange(ServerHttpRequest request, ServerHttpResponse response, Scheduler scheduler,
		@Nullable RequestTelemetry telemetry) {

	HttpExchange(ServerHttpRequest request, ServerHttpResponse response, @Nullable RequestTelemetry telemetry) {
		this(request, response, Schedulers.fromExecutor((task) -> eventLoop(request).execute(task)), telemetry);
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

	boolean isOfHttp10() {
		HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(this.request);
		return HttpVersion.HTTP_1_0.equals(received.version());
	}

	EventLoop eventLoop() {
		return eventLoop(this.request);
	}

	private static EventLoop eventLoop(ServerHttpRequest request) {
		Connection connection = ServerHttpRequestDecorator.getNativeRequest(request);
		return connection.channel().eventLoop();
	}

}
