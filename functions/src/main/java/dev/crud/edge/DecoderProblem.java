package dev.crud.edge;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Turns an error response without a body into a problem (RFC 9457). Such a response can
 * only come from the HTTP decoder below the edge, when a request line or header is
 * malformed or too long.
 */
final class DecoderProblem extends ChannelOutboundHandlerAdapter {

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // The promise reports the outcome.
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof FullHttpResponse response && response.status().code() >= 400
				&& !response.content().isReadable() && !response.headers().contains(HttpHeaderNames.CONTENT_TYPE)) {
			context.write(withProblem(response), promise);
		}
		else {
			context.write(message, promise);
		}
	}

	private static FullHttpResponse withProblem(FullHttpResponse response) {
		HttpStatus status = HttpStatus.valueOf(response.status().code());
		String json = ProblemException.of(status, detail(status)).json("/");
		ByteBuf body = Unpooled.wrappedBuffer(json.getBytes(StandardCharsets.UTF_8));
		FullHttpResponse problem = response.replace(body);
		problem.headers().set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		problem.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
		response.release();
		return problem;
	}

	private static String detail(HttpStatus status) {
		return switch (status) {
			case URI_TOO_LONG -> "The request target must have at most 8 KiB.";
			case REQUEST_HEADER_FIELDS_TOO_LARGE -> "The headers must have at most 16 KiB.";
			default -> "The request is not well-formed HTTP.";
		};
	}

}
