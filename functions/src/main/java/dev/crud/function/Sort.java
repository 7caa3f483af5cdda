package dev.crud.function;

import dev.crud.table.Column;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list; rows with equal values are ordered by key, in the same direction.
 * Rows without a value of the column come last in ascending order and first in descending
 * order, as Postgres has them by default, so that one index serves both.
 *
 * @param column the column, or {@code null} for the key
 * @param descending whether the greatest comes first
 */
public record Sort(@Nullable Column column, boolean descending) {

	/** The order of creation. */
	public static final Sort BY_KEY = new Sort(null, false);

}
