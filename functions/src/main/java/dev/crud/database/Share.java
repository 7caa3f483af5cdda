package dev.crud.database;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Hands out a fixed number of places, in the order in which they are asked for.
 */
class Share {

	private final Queue<Sinks.Empty<Void>> waiting = new ArrayDeque<>();

	private int free;

	/**
	 * Creates a share.
	 * @param places the number of places
	 */
	Share(int places) {
		this.free = places;
	}

	/**
	 * Takes a place.
	 * @param limit how long to wait for one
	 * @return completes with a place, which must be {@linkplain #giveBack() given back};
	 * a {@link java.util.concurrent.TimeoutException} when none became free in time
	 */
	Mono<Void> take(Duration limit) {
		return Mono.defer(() -> {
			Sinks.Empty<Void> turn = Sinks.empty();
			if (takeOrQueue(turn)) {
				return Mono.empty();
			}
			return turn.asMono().timeout(limit).doOnError((error) -> leave(turn)).doOnCancel(() -> leave(turn));
		});
	}

	private synchronized boolean takeOrQueue(Sinks.Empty<Void> turn) {
		if (this.free == 0) {
			this.waiting.add(turn);
			return false;
		}
		this.free--;
		return true;
	}

	private void leave(Sinks.Empty<Void> turn) {
		boolean waited;
		synchronized (this) {
			waited = this.waiting.remove(turn);
		}
		if (!waited) {
			// The place was handed over at the very moment when the wait ended.
			giveBack();
		}
	}

	void giveBack() {
		Sinks.Empty<Void> next;
		synchronized (this) {
			next = this.waiting.poll();
			if (next == null) {
				this.free++;
			}
		}
		if (next != null) {
			next.tryEmitEmpty();
		}
	}

}
