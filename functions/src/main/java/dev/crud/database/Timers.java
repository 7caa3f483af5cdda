package dev.crud.database;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import reactor.core.Disposable;

/**
 * Runs timers on the threads that serve the connections. Reactor's own timers have
 * threads that every request would have to lock and to wake.
 */
final class Timers {

	private final EventExecutorGroup threads;

	Timers(EventExecutorGroup threads) {
		this.threads = threads;
	}

	/**
	 * Runs an action later.
	 * @param action the action, which must not block
	 * @param delay when to run it
	 * @return cancels it
	 */
	Disposable after(Runnable action, Duration delay) {
		Future<?> timer = thread().schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
		return () -> timer.cancel(false);
	}

	/** The thread that asks, because setting its own timers takes no lock. */
	private EventExecutor thread() {
		for (EventExecutor thread : this.threads) {
			if (thread.inEventLoop()) {
				return thread;
			}
		}
		return this.threads.next();
	}

}
