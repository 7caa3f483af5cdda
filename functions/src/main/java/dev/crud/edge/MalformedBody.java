package dev.crud.edge;

import java.util.List;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Remembers whose body goes on as malformed HTTP. Reactor Netty 1.3.6 ends such a body as
 * if it were whole, and what came before would be stored. It answers it with 400 and
 * closes the connection, but not when the request was sent before an earlier one was
 * answered. It is told that a request whose body is transferred otherwise than in chunks
 * is malformed (RFC 9112, section 6.3): Netty would take the body for the next request.
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
			if (request.decoderResult().isSuccess() && !isTransferKnown(this.headers)) {
				request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("Transfer-Encoding")));
			}
		}
		else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
			context.channel().attr(SEEN).set(this.headers);
		}
		context.fireChannelRead(message);
	}

	private static boolean isTransferKnown(HttpHeaders headers) {
		if (!headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
			return true;
		}
		List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
		return codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0));
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
