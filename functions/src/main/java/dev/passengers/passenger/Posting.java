package dev.passengers.passenger;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What is posted: one passenger or many.
 */
public sealed interface Posting {

	/**
	 * One passenger.
	 *
	 * @param details what the client says
	 * @param key makes a repetition harmless, or {@code null}
	 */
	record One(Details details, @Nullable IdempotencyKey key) implements Posting {
	}

	/**
	 * Many passengers: all are inserted or none.
	 *
	 * @param rows the passengers as they arrive; an error when any row is bad
	 * @param key makes a repetition harmless, or {@code null}; to be asked for once all
	 * rows have arrived
	 */
	record Many(Flux<Details> rows, Supplier<@Nullable IdempotencyKey> key) implements Posting {
	}

}
