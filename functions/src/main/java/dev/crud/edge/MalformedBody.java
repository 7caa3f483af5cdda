package dev.crud.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Remembers whose body goes on as malformed HTTP. Reactor Netty 1.3.6 ends such a body as
 * if it were whole, and what came before would be stored. It answers it with 400 and
 * closes the connection, but not when the request was sent before an earlier one was
 * answered.
 */
final class MalformedBody extends ChannelInboundHandlerAdapter {

	private static final AttributeKey<HttpHeaders> SEEN = AttributeKey.valueOf(MalformedBody.class, "seen");

	/**
	 * Of the request that is being received; one before it may still wait for its answer.
	 */
	private @Nullable HttpHeaders headers;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			this.headers = request.headers();
		}
		else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
			context.channel().attr(SEEN).set(this.headers);
		}
		context.fireChannelRead(message);
	}

	/**
	 * Returns whether the body of a request goes on as malformed HTTP.
	 * @param exchange the request
	 * @return true when the end of its body is not to be trusted
	 */
	static boolean isSeen(HttpExchange exchange) {
		return exchange.channel().attr(SEEN).get() == exchange.received().requestHeaders();
	}

}
