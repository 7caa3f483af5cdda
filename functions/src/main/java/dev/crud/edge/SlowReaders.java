package dev.crud.edge;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Cuts off a client that reads too slowly: less than 512 KiB in 30 s during which more
 * was always ready for it. A timer that checks once a second runs only while something is
 * waiting to be read.
 */
final class SlowReaders extends ChannelOutboundHandlerAdapter {

	private static final int SECONDS = 30;

	private static final long BYTES = 512 * 1024;

	private long written;

	private boolean watched;

	/** How many checks in a row found something waiting. */
	private int waited;

	private long takenBefore;

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // The promise reports the outcome.
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof ByteBuf bytes) {
			this.written += bytes.readableBytes();
		}
		context.write(message, promise);
	}

	@Override
	public void flush(ChannelHandlerContext context) {
		context.flush();
		if (!this.watched && waiting(context) > 0) {
			this.watched = true;
			this.waited = 0;
			this.takenBefore = this.written - waiting(context);
			lookLater(context);
		}
	}

	private static long waiting(ChannelHandlerContext context) {
		ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
		return (buffer != null) ? buffer.totalPendingWriteBytes() : 0;
	}

	@SuppressWarnings("FutureReturnValueIgnored") // The timer calls back here.
	private void lookLater(ChannelHandlerContext context) {
		context.executor().schedule(() -> look(context), 1, TimeUnit.SECONDS);
	}

	private void look(ChannelHandlerContext context) {
		long waiting = waiting(context);
		if (waiting == 0) {
			this.watched = false;
			return;
		}
		if (++this.waited == SECONDS) {
			long taken = this.written - waiting;
			if (taken - this.takenBefore < BYTES) {
				reset(context);
				return;
			}
			this.waited = 0;
			this.takenBefore = taken;
		}
		lookLater(context);
	}

	/** Resets the connection, so that nobody takes a part of an answer for the whole. */
	@SuppressWarnings("FutureReturnValueIgnored") // Nobody needs the outcome.
	private static void reset(ChannelHandlerContext context) {
		context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
		context.close();
	}

}
