package dev.crud.function;

import java.util.List;

import dev.crud.table.Filter;
import dev.crud.table.RowFormat;
import org.jspecify.annotations.Nullable;

/**
 * Which rows to list, in what order and in what format.
 *
 * @param criteria the filters with their values; a row must match all of them
 * @param sort the order
 * @param after the position where the page starts, or {@code null} to start with the
 * first row
 * @param limit how many rows at most, 1 to 1000, or {@code null} for all
 * @param count how to count the rows that the filters let through
 * @param format the format of the list
 */
public record ListQuery(List<Criterion> criteria, Sort sort, @Nullable Position after, @Nullable Integer limit,
		Count count, RowFormat format) {

	/**
	 * Returns this query with another position.
	 * @param position the position where the page starts
	 * @return a query
	 */
	public ListQuery from(Position position) {
		return new ListQuery(this.criteria, this.sort, position, this.limit, this.count, this.format);
	}

	/**
	 * A filter with the value to compare with.
	 *
	 * @param filter the filter
	 * @param value the value
	 */
	public record Criterion(Filter filter, Object value) {
	}

	/** Whether and how to count the rows that the filters let through. */
	public enum Count {

		/** Does not count. */
		NONE,
		/**
		 * Answers the estimate of the database's planner, which costs next to nothing.
		 */
		ESTIMATED,
		/** Counts exactly; the database reads all the rows that it counts. */
		EXACT

	}

}
