package dev.passengers.passenger;

import org.jspecify.annotations.Nullable;

/**
 * The order of a list; rows of equal value are in order of uuid, in the same direction.
 *
 * @param field the field, or {@code null} for the uuid
 * @param descending whether the greatest comes first
 */
public record Sort(@Nullable Field field, boolean descending) {

	/** The order of creation. */
	public static final Sort BY_UUID = new Sort(null, false);

}
