package dev.crud.table;

import org.jspecify.annotations.Nullable;

/**
 * The values that a client sent for a row, checked, one for each column in the order of
 * the table.
 *
 * @param byColumn the values; {@code null} where an optional one is absent
 */
@SuppressWarnings("ArrayRecordComponent")
public record Values(@Nullable Object[] byColumn) {

	/**
	 * Returns a value.
	 * @param column the column's index in the table, counted from 0
	 * @return the value, or {@code null} when it is absent
	 */
	public @Nullable Object get(int column) {
		return this.byColumn[column];
	}

}
