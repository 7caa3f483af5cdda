package dev.passengers.edge;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.handler.timeout.WriteTimeoutHandler;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Bounds what a connection can hold up, and gives a body to the refusals that the HTTP
 * decoder makes before a request exists.
 */
final class ServerLimits implements NettyServerCustomizer {

	/** Between two parts of a request's body. */
	private static final Duration READ = Duration.ofSeconds(30);

	/** Until the peer takes what was written. */
	private static final int WRITE_SECONDS = 60;

	@Override
	public HttpServer apply(HttpServer server) {
		return server.readTimeout(READ).doOnChannelInit((observer, channel, address) -> prepare(channel));
	}

	private static void prepare(Channel channel) {
		channel.pipeline().addFirst(new WriteTimeoutHandler(WRITE_SECONDS));
		channel.pipeline().addAfter(NettyPipeline.HttpCodec, "decoderProblem", new DecoderProblem());
	}

}
