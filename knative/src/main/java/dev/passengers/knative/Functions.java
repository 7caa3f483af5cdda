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
	 * All of them. As many requests as connections: a request that is let in finds one.
	 */
	static final List<PassengerFunction> ALL = List.of(
	// @formatter:off
			//                    name               methods            conn. conc. scale timeout
			new PassengerFunction("hello",           READ,              0,    100,  3,    QUICK,  LIMITS),
			new PassengerFunction("zero",            READ,              0,    100,  3,    QUICK,  LIMITS),
			new PassengerFunction("passengerlist",   READ,              5,    5,    5,    STREAM, LIMITS),
			new PassengerFunction("getpassenger",    READ,              5,    5,    5,    QUICK,  LIMITS),
			new PassengerFunction("postpassenger",   "POST, OPTIONS",   5,    5,    3,    STREAM, LIMITS),
			new PassengerFunction("putpassenger",    "PUT, OPTIONS",    5,    5,    3,    QUICK,  LIMITS),
			new PassengerFunction("deletepassenger", "DELETE, OPTIONS", 5,    5,    3,    QUICK,  LIMITS));
	// @formatter:on

	private Functions() {
	}

}
