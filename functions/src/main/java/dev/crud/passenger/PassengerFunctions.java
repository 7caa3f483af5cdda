package dev.crud.passenger;

import java.time.Duration;
import java.util.List;

import dev.crud.function.FunctionDeclaration;
import dev.crud.function.FunctionDeclaration.Limits;
import dev.crud.function.Functions;

import static dev.crud.function.Operation.CONSTANT;
import static dev.crud.function.Operation.DELETE;
import static dev.crud.function.Operation.GET;
import static dev.crud.function.Operation.LIST;
import static dev.crud.function.Operation.POST;
import static dev.crud.function.Operation.PUT;

/**
 * The seven functions, and how large each may grow.
 */
public final class PassengerFunctions {

	private static final Duration QUICK = Duration.ofMinutes(1);

	/** A list or an upload goes on for as long as its client takes. */
	private static final Duration STREAM = Duration.ofMinutes(5);

	/** What functions/image.sh tries the image with. */
	private static final Limits LIMITS = new Limits("50m", "1", "192Mi", "256Mi");

	/**
	 * All of them. Small numbers, because all instances may start at once on few CPUs:
	 * with 5 of 5 requests each, some of 200 requests to a function at zero timed out on
	 * 2 busy CPUs; with 3 of 3 none did, and all were answered sooner. A request that is
	 * let in finds a connection: there is one more than requests, for a statement that
	 * goes on though its client has hung up.
	 */
	public static final Functions FUNCTIONS = new Functions(PassengerTable.TABLE.noun(), List.of(
	// @formatter:off
			//                      name               operation conn. conc. scale timeout
			new FunctionDeclaration("hello",           CONSTANT, 0,    100,  3,    QUICK,  LIMITS),
			new FunctionDeclaration("zero",            CONSTANT, 0,    100,  3,    QUICK,  LIMITS),
			new FunctionDeclaration("passengerlist",   LIST,     4,    3,    3,    STREAM, LIMITS),
			new FunctionDeclaration("getpassenger",    GET,      4,    3,    3,    QUICK,  LIMITS),
			new FunctionDeclaration("postpassenger",   POST,     4,    3,    3,    STREAM, LIMITS),
			new FunctionDeclaration("putpassenger",    PUT,      4,    3,    3,    QUICK,  LIMITS),
			new FunctionDeclaration("deletepassenger", DELETE,   4,    3,    3,    QUICK,  LIMITS)));
	// @formatter:on

	private PassengerFunctions() {
	}

}
