package dev.crud.edge;

import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Lets a client that sends too large a body, or too slowly, read the refusal. Closing at
 * once would reset the connection (RFC 9112, section 9.6), and a proxy would answer 502.
 * What the client still sends is discarded: at most 100 MiB, which is the largest body
 * allowed, and for at most 10 s.
 */
final class RefusedBody extends ChannelDuplexHandler {

	private static final long MAX_BYTES = 100L * 1024 * 1024;

	private static final int SECONDS = 10;

	private boolean refused;

	private boolean received;

	private boolean draining;

	private long drained;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.received = message instanceof LastHttpContent;
		if (!this.draining) {
			context.fireChannelRead(message);
			return;
		}
		if (message instanceof HttpContent content) {
			this.drained += content.content().readableBytes();
		}
		ReferenceCountUtil.release(message);
		if (this.received || this.drained > MAX_BYTES) {
			end(context);
		}
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // The promise reports the outcome.
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response) {
			this.refused = HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE.equals(response.status())
					|| HttpResponseStatus.REQUEST_TIMEOUT.equals(response.status());
		}
		context.write(message, promise);
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // The promise reports the outcome.
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		if (!this.refused || this.received || this.draining || !context.channel().isActive()
				|| !(context.channel() instanceof SocketChannel socket)) {
			context.close(promise);
			return;
		}
		this.draining = true;
		socket.closeFuture().addListener((closed) -> promise.trySuccess());
		socket.shutdownOutput();
		socket.config().setAutoRead(true);
		context.executor().schedule(() -> end(context), SECONDS, TimeUnit.SECONDS);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // Nobody needs the outcome.
	private static void end(ChannelHandlerContext context) {
		context.close();
	}

}
