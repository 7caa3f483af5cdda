package dev.passengers.knative;

import java.time.Duration;
import java.util.List;

import dev.passengers.knative.PassengerFunction.Limits;

/**
 * The functions, with the limits of each.
 */
final class Functions {

	private static final String READ = "GET, HEAD, OPTIONS";

	private static final Duration QUICK = Duration.ofMinutes(1);

	/** A list or an upload takes as long as its client needs to read or send it. */
	private static final Duration STREAM = Duration.ofMinutes(5);

	/** The limits that functions/image.sh tries the image with. */
	private static final Limits LIMITS = new Limits("50m", "1", "192Mi", "256Mi");

	/**
	 * All functions. The numbers are small because all instances may start at once on few
	 * CPUs. With 5 instances of 5 requests each, some of 200 simultaneous requests to a
	 * function at zero timed out on 2 busy CPUs. With 3 of 3 none did, and all were
	 * answered sooner. Each instance has one connection more than it takes requests,
	 * because a statement runs to its end even when its client has hung up.
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
