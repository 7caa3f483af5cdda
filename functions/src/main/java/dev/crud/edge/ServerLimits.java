package dev.crud.edge;

import java.time.Duration;

import io.netty.channel.Channel;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Limits the resources that a connection can hold, and gives a body to the errors that
 * the HTTP decoder answers with before there is a request.
 */
final class ServerLimits implements NettyServerCustomizer {

	private static final int REQUEST_LINE_BYTES = 8 * 1024;

	private static final int HEADER_BYTES = 16 * 1024;

	/**
	 * How long a connection may be idle: longer than common load balancers allow (60 s),
	 * so that the load balancer closes the connection.
	 */
	private static final Duration IDLE = Duration.ofSeconds(75);

	/** How long to wait for the next part of a request's body. */
	private static final Duration READ = Duration.ofSeconds(30);

	@Override
	public HttpServer apply(HttpServer server) {
		return server
			.httpRequestDecoder((http) -> http.maxInitialLineLength(REQUEST_LINE_BYTES).maxHeaderSize(HEADER_BYTES))
			.idleTimeout(IDLE)
			.readTimeout(READ)
			.doOnChannelInit((observer, channel, address) -> prepare(channel));
	}

	private static void prepare(Channel channel) {
		channel.pipeline().addFirst(new SlowReaders());
		channel.pipeline().addAfter(NettyPipeline.HttpCodec, "decoderProblem", new DecoderProblem());
		channel.pipeline().addAfter(NettyPipeline.HttpCodec, "refusedBody", new RefusedBody());
	}

}
