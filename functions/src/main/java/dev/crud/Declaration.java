package dev.crud;

import dev.crud.function.Functions;
import dev.crud.passenger.PassengerFunctions;
import dev.crud.passenger.PassengerTable;
import dev.crud.table.Table;

/**
 * What this project is about: the one place from which the functions, the generator, the
 * setup and the tests learn it.
 */
public final class Declaration {

	/** Where the functions' classes are. */
	public static final String PACKAGE = "dev.crud.passenger";

	/** The table. */
	public static final Table TABLE = PassengerTable.TABLE;

	/** The functions. */
	public static final Functions FUNCTIONS = PassengerFunctions.FUNCTIONS;

	private Declaration() {
	}

}
