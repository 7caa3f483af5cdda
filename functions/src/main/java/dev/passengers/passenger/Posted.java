package dev.passengers.passenger;

/**
 * What became of a posting.
 */
public sealed interface Posted {

	/**
	 * One passenger was created.
	 *
	 * @param passenger the passenger
	 */
	record One(Passenger passenger) implements Posted {
	}

	/**
	 * Many were.
	 *
	 * @param inserted how many
	 */
	record Many(long inserted) implements Posted {
	}

}
