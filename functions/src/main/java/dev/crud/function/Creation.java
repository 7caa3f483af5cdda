package dev.crud.function;

import java.util.function.Supplier;

import dev.crud.table.Values;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What a client asks to create: one row or many.
 */
public sealed interface Creation {

	/**
	 * One row.
	 *
	 * @param values the row's values
	 * @param key the idempotency key, or {@code null} when the client sent none
	 */
	record One(Values values, @Nullable IdempotencyKey key) implements Creation {
	}

	/**
	 * Many rows: all are inserted or none.
	 *
	 * @param rows the rows as they arrive; an error when any row is bad
	 * @param key the idempotency key, or {@code null} when the client sent none; to be
	 * asked for once all rows have arrived
	 */
	record Many(Flux<Values> rows, Supplier<@Nullable IdempotencyKey> key) implements Creation {
	}

}
