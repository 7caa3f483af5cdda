package dev.crud.edge;

import java.time.Duration;

import io.netty.channel.Channel;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Bounds what a connection can hold up, and gives a body to the refusals that the HTTP
 * decoder makes before a request exists.
 */
final class ServerLimits implements NettyServerCustomizer {

	private static final int REQUEST_LINE_BYTES = 8 * 1024;

	private static final int HEADER_BYTES = 16 * 1024;

	/**
	 * Longer than the idle time-out of common load balancers (60 s), so that it is they
	 * who close.
	 */
	private static final Duration IDLE = Duration.ofSeconds(75);

	/** Between two parts of a request's body. */
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
