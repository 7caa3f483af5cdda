package dev.crud.edge;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Knows which requests of a connection are not answered yet. It closes a connection
 * without any after 75 s, ends a body that stops or of which less than 32 KiB come in 30
 * s, and reads no further than one request ahead: Reactor Netty keeps in memory whatever
 * comes before an answer is sent. Reactor Netty's own timeouts would put two handlers
 * into the pipeline for each request.
 */
final class OpenRequests extends ChannelDuplexHandler {

	/**
	 * How long a connection may be idle: longer than common load balancers allow (60 s),
	 * so that the load balancer closes the connection.
	 */
	private static final long IDLE = TimeUnit.SECONDS.toNanos(75);

	/**
	 * How long to wait for the next part of a request's body, and for so many bytes of
	 * it, unless it ends. An upload has a connection to the database, for which others
	 * may wait.
	 */
	private static final long READ = TimeUnit.SECONDS.toNanos(30);

	private static final long BYTES = 32 * 1024;

	/**
	 * How long the answer to such a body may take, and what its client sends meanwhile is
	 * discarded: a rollback is limited to 1.7 s.
	 */
	private static final long ANSWER = TimeUnit.SECONDS.toNanos(3);

	private int open;

	/** Whether the body of the last request is still being received. */
	private boolean body;

	/** When something was received or an answer was sent, in nanoseconds. */
	private long since;

	/** When the bytes of the body began to be counted, in nanoseconds. */
	private long countedSince;

	private long counted;

	private @Nullable Future<?> timer;

	@Override
	public void channelActive(ChannelHandlerContext context) {
		this.since = System.nanoTime();
		lookAfter(READ, context);
		context.fireChannelActive();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
		context.fireChannelInactive();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.since = System.nanoTime();
		if (message instanceof HttpRequest) {
			this.body = true;
			this.open++;
			count(this.since);
		}
		if (message instanceof HttpContent content) {
			this.counted += content.content().readableBytes();
		}
		if (message instanceof LastHttpContent) {
			this.body = false;
		}
		context.fireChannelRead(message);
		// Each time, since Reactor Netty begins to read again for a request that it has
		// kept. What had arrived when the connection ended is decoded after it.
		if (this.open > 1 && context.channel().isActive()) {
			context.channel().config().setAutoRead(false);
		}
	}

	/**
	 * Lets nobody read ahead. Reactor Netty turns automatic reading on for each request
	 * that it has kept, and each would bring hundreds more.
	 */
	@Override
	public void read(ChannelHandlerContext context) {
		if (this.open <= 1) {
			context.read();
		}
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // The promise reports the outcome.
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof LastHttpContent && !isInterim(message)) {
			context.write(message, promise.unvoid().addListener((sent) -> answered(context)));
		}
		else {
			context.write(message, promise);
		}
	}

	private void answered(ChannelHandlerContext context) {
		this.since = System.nanoTime();
		if (--this.open == 1) {
			count(this.since);
			context.channel().config().setAutoRead(true);
			// Where it is on already, turning it on reads nothing.
			context.read();
		}
	}

	private void count(long now) {
		this.countedSince = now;
		this.counted = 0;
	}

	private static boolean isInterim(Object message) {
		return message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
	}

	private void lookAfter(long nanoseconds, ChannelHandlerContext context) {
		this.timer = context.executor().schedule(() -> look(context), nanoseconds, TimeUnit.NANOSECONDS);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // Nobody needs the outcome.
	private void look(ChannelHandlerContext context) {
		long now = System.nanoTime();
		long waited = now - this.since;
		if (this.open <= 0) {
			if (waited >= IDLE) {
				context.close();
				return;
			}
			lookAfter(Math.min(READ, IDLE - waited), context);
		}
		// A request behind another one is not read further.
		else if (this.body && this.open == 1) {
			long counting = now - this.countedSince;
			if (waited >= READ || (counting >= READ && this.counted < BYTES)) {
				context.fireExceptionCaught(ReadTimeoutException.INSTANCE);
				context.executor().schedule(() -> context.close(), ANSWER, TimeUnit.NANOSECONDS);
				return;
			}
			if (counting >= READ) {
				count(now);
				counting = 0;
			}
			lookAfter(READ - Math.max(waited, counting), context);
		}
		else {
			lookAfter(READ, context);
		}
	}

}
