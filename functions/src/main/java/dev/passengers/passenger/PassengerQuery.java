package dev.passengers.passenger;

import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Which passengers to list, and in what order.
 *
 * @param filters what narrows the list; all must hold
 * @param sort the order
 * @param after the uuid of the last row of the page before, or {@code null}
 * @param afterValue that row's value of the field sorted by, or {@code null} to look it
 * up
 * @param limit how many rows at most, 1 to 1000, or {@code null} for all
 * @param count whether to say how many rows the filters let through
 */
public record PassengerQuery(Map<Filter, Object> filters, Sort sort, @Nullable UUID after, @Nullable Object afterValue,
		@Nullable Integer limit, Count count) {

	/**
	 * Returns this query with the value to continue from.
	 * @param value the value of the field sorted by
	 * @return a query that needs no look-up
	 */
	public PassengerQuery from(Object value) {
		return new PassengerQuery(this.filters, this.sort, this.after, value, this.limit, this.count);
	}

}
