package dev.crud.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
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
	 * How many new connections a thread takes before it goes on with those it has. With
	 * Netty's 16, some of many that come at once would wait, unread, for longer than the
	 * contract's 2 s while lists are written.
	 */
	private static final int CONNECTIONS_AT_ONCE = 256;

	@Override
	public HttpServer apply(HttpServer server) {
		return server
			.option(ChannelOption.RECVBUF_ALLOCATOR,
					new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(CONNECTIONS_AT_ONCE))
			.httpRequestDecoder((http) -> http.maxInitialLineLength(REQUEST_LINE_BYTES).maxHeaderSize(HEADER_BYTES))
			.doOnChannelInit((observer, channel, address) -> prepare(channel));
	}

	private static void prepare(Channel channel) {
		channel.pipeline().addFirst(new SlowReaders());
		channel.pipeline().addAfter(NettyPipeline.HttpCodec, "decoderProblem", new DecoderProblem());
		channel.pipeline().addAfter(NettyPipeline.HttpCodec, "malformedBody", new MalformedBody());
		channel.pipeline().addAfter(NettyPipeline.HttpCodec, "refusedBody", new RefusedBody());
		channel.pipeline().addAfter(NettyPipeline.HttpCodec, "openRequests", new OpenRequests());
	}

}
