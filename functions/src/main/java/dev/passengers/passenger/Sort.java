package dev.passengers.passenger;

import org.jspecify.annotations.Nullable;

/**
 * The order of a list; ties are in ascending order of uuid.
 *
 * @param field the field, or {@code null} for the uuid
 * @param descending whether the greatest comes first
 */
public record Sort(@Nullable Field field, boolean descending) {

	/** The order of creation. */
	public static final Sort BY_UUID = new Sort(null, false);

}
