package dev.crud.function;

import java.util.function.Supplier;

import dev.crud.table.Values;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What is to be created: one row or many.
 */
public sealed interface Creation {

	/**
	 * One row.
	 *
	 * @param values what the client says
	 * @param key makes a repetition harmless, or {@code null}
	 */
	record One(Values values, @Nullable IdempotencyKey key) implements Creation {
	}

	/**
	 * Many rows: all are inserted or none.
	 *
	 * @param rows the rows as they arrive; an error when any row is bad
	 * @param key makes a repetition harmless, or {@code null}; to be asked for once all
	 * rows have arrived
	 */
	record Many(Flux<Values> rows, Supplier<@Nullable IdempotencyKey> key) implements Creation {
	}

}
