package dev.crud.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AttributeKey;
import reactor.netty.Connection;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * Remembers that a body goes on as malformed HTTP. Reactor Netty 1.3.6 answers that with
 * 400 and closes the connection, but ends the body as if it were whole, and what came
 * before would be stored.
 */
final class MalformedBody extends ChannelInboundHandlerAdapter {

	private static final AttributeKey<Boolean> SEEN = AttributeKey.valueOf(MalformedBody.class, "seen");

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpContent content && !(message instanceof HttpRequest)
				&& content.decoderResult().isFailure()) {
			context.channel().attr(SEEN).set(true);
		}
		context.fireChannelRead(message);
	}

	/**
	 * Returns whether the body of a request goes on as malformed HTTP.
	 * @param request the request
	 * @return true when the end of its body is not to be trusted
	 */
	static boolean isSeen(ServerHttpRequest request) {
		Connection connection = ServerHttpRequestDecorator.getNativeRequest(request);
		return connection.channel().hasAttr(SEEN);
	}

}
