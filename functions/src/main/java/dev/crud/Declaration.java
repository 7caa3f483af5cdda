package dev.crud;

import dev.crud.function.Functions;
import dev.crud.passenger.PassengerFunctions;
import dev.crud.passenger.PassengerTable;
import dev.crud.table.Table;

/**
 * Names the table and the functions of this project, for the functions, the generator,
 * the setup and the tests alike.
 */
public final class Declaration {

	/** The package of the functions' classes. */
	public static final String PACKAGE = "dev.crud.passenger";

	/** The table. */
	public static final Table TABLE = PassengerTable.TABLE;

	/** The functions. */
	public static final Functions FUNCTIONS = PassengerFunctions.FUNCTIONS;

	private Declaration() {
	}

}
