package dev.passengers.knative;

import java.time.Duration;
import java.util.List;

import dev.passengers.knative.PassengerFunction.Limits;

/**
 * The functions, and how large each may grow.
 */
final class Functions {

	private static final String READ = "GET, HEAD, OPTIONS";

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
	static final List<PassengerFunction> ALL = List.of(
	// @formatter:off
			//                    name               methods            conn. conc. scale timeout
			new PassengerFunction("hello",           READ,              0,    100,  3,    QUICK,  LIMITS),
			new PassengerFunction("zero",            READ,              0,    100,  3,    QUICK,  LIMITS),
			new PassengerFunction("passengerlist",   READ,              4,    3,    3,    STREAM, LIMITS),
			new PassengerFunction("getpassenger",    READ,              4,    3,    3,    QUICK,  LIMITS),
			new PassengerFunction("postpassenger",   "POST, OPTIONS",   4,    3,    3,    STREAM, LIMITS),
			new PassengerFunction("putpassenger",    "PUT, OPTIONS",    4,    3,    3,    QUICK,  LIMITS),
			new PassengerFunction("deletepassenger", "DELETE, OPTIONS", 4,    3,    3,    QUICK,  LIMITS));
	// @formatter:on

	private Functions() {
	}

}
