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
 * Declares the seven functions, with the limits of each.
 */
public final class PassengerFunctions {

	private static final Duration QUICK = Duration.ofMinutes(1);

	/**
	 * The time-out for lists and uploads, which take as long as the client needs to read
	 * or send them.
	 */
	private static final Duration STREAM = Duration.ofMinutes(5);

	/** CPU and memory; functions/image.sh tries the image within these limits. */
	private static final Limits LIMITS = new Limits("50m", "1", "192Mi", "256Mi");

	/**
	 * All functions. The numbers are small because all instances may start at the same
	 * time on few CPUs. With 5 instances for 5 requests each, some of 200 simultaneous
	 * requests to a function scaled to zero timed out on 2 busy CPUs. With 3 instances
	 * for 3 requests each, none did, and all were answered sooner. An instance has one
	 * more connection than concurrent requests, because a statement runs to its end even
	 * when its client has hung up; lookups share statements, and the more there are at
	 * once, the more of them a statement answers.
	 */
	public static final Functions FUNCTIONS = new Functions(PassengerTable.TABLE.noun(), List.of(
	// @formatter:off
			//                      name               operation conn. conc. scale timeout
			new FunctionDeclaration("hello",           CONSTANT, 0,    100,  3,    QUICK,  LIMITS, Hello.ANSWER),
			new FunctionDeclaration("zero",            CONSTANT, 0,    100,  3,    QUICK,  LIMITS, Zero.ANSWER),
			new FunctionDeclaration("passengerlist",   LIST,     4,    3,    3,    STREAM, LIMITS),
			new FunctionDeclaration("getpassenger",    GET,      4,    50,   3,    QUICK,  LIMITS),
			new FunctionDeclaration("postpassenger",   POST,     4,    3,    3,    STREAM, LIMITS),
			new FunctionDeclaration("putpassenger",    PUT,      4,    3,    3,    QUICK,  LIMITS),
			new FunctionDeclaration("deletepassenger", DELETE,   4,    3,    3,    QUICK,  LIMITS)));
	// @formatter:on

	private PassengerFunctions() {
	}

}
