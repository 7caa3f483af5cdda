package dev.crud.edge;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpVersion;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Writes responses; {@code HEAD} gets the headers only.
 */
final class Reply {

	/** How many parts may wait for the reader. */
	private static final int PARTS_AHEAD = 2;

	private Reply() {
	}

	static Mono<Void> send(HttpExchange exchange, HttpStatus status) {
		exchange.response().setStatusCode(status);
		return exchange.response().setComplete();
	}

	static Mono<Void> send(HttpExchange exchange, HttpStatus status, MediaType type, String body) {
		return send(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
	}

	static Mono<Void> send(HttpExchange exchange, HttpStatus status, MediaType type, byte[] body) {
		return send(exchange, status, type, Unpooled.wrappedBuffer(body));
	}

	static Mono<Void> send(HttpExchange exchange, HttpStatus status, MediaType type, List<byte[]> parts) {
		return send(exchange, status, type, Unpooled.wrappedBuffer(parts.toArray(byte[][]::new)));
	}

	/**
	 * Sends a whole body, with its {@code Content-Length}, so that a client notices when
	 * it is cut short. Netty gets it at once: Spring's way to a stream is longer.
	 */
	private static Mono<Void> send(HttpExchange exchange, HttpStatus status, MediaType type, ByteBuf body) {
		ServerHttpResponse response = exchange.response();
		response.setStatusCode(status);
		HttpHeaders headers = response.getHeaders();
		headers.setContentType(type);
		headers.setContentLength(body.readableBytes());
		if (exchange.isHead()) {
			return response.setComplete();
		}
		HttpServerResponse server = ServerHttpResponseDecorator.getNativeResponse(response);
		return server.status(status.value()).sendObject(body).then();
	}

	/**
	 * Streams a body. Nothing is sent before its first part, so that an error until then
	 * can still be answered with a problem.
	 * @param exchange the request and its response
	 * @param type the media type
	 * @param parts the body, at least one part
	 * @return completes with the response
	 */
	static Mono<Void> stream(HttpExchange exchange, MediaType type, Flux<byte[]> parts) {
		ServerHttpResponse response = exchange.response();
		response.setStatusCode(HttpStatus.OK);
		response.getHeaders().setContentType(type);
		if (exchange.isHead()) {
			return parts.next().then(Mono.defer(response::setComplete));
		}
		// To a client of HTTP/1.0 the end of the connection is the end of the list.
		if (HttpVersion.HTTP_1_0.equals(exchange.received().version())) {
			HttpServerResponse server = ServerHttpResponseDecorator.getNativeResponse(response);
			server.chunkedTransfer(false);
		}
		// When the client hangs up before the first part, Spring's ChannelSendOperator
		// does not cancel the rest, which would then keep a database connection.
		Sinks.Empty<Void> over = Sinks.empty();
		return response
			.writeWith(parts.takeUntilOther(over.asMono())
				.publishOn(exchange.scheduler(), PARTS_AHEAD)
				.map(response.bufferFactory()::wrap))
			.doFinally((signal) -> over.tryEmitEmpty());
	}

	/**
	 * Prepares the end of a response that is cut short. The connection is reset, so that
	 * not even a client for which the end of the connection is the end of the body
	 * (HTTP/1.0) takes it for complete.
	 * @param response the response
	 * @return completes at once
	 */
	static Mono<Void> abort(ServerHttpResponse response) {
		return Mono.fromRunnable(() -> {
			HttpServerResponse server = ServerHttpResponseDecorator.getNativeResponse(response);
			server.withConnection((connection) -> connection.channel().config().setOption(ChannelOption.SO_LINGER, 0));
		});
	}

}
