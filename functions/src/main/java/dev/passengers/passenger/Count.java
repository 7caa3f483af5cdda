package dev.passengers.passenger;

/**
 * Whether a list says how many rows its filters let through.
 */
public enum Count {

	/** It does not. */
	NONE,
	/** As the database estimates it, at no cost. */
	ESTIMATED,
	/** Exactly; the database reads all rows that it counts. */
	EXACT

}
