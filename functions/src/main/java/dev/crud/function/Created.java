package dev.crud.function;

import dev.crud.table.Row;

/**
 * What was created.
 */
public sealed interface Created {

	/**
	 * One row was.
	 *
	 * @param row the row
	 */
	record One(Row row) implements Created {
	}

	/**
	 * Many were.
	 *
	 * @param inserted how many
	 */
	record Many(long inserted) implements Created {
	}

}
