package dev.crud.function;

import dev.crud.table.Row;

/**
 * The result of creating: one row or many.
 */
public sealed interface Created {

	/**
	 * One row was created.
	 *
	 * @param row the row
	 */
	record One(Row row) implements Created {
	}

	/**
	 * Many rows were created.
	 *
	 * @param inserted how many rows
	 */
	record Many(long inserted) implements Created {
	}

}
