package dev.crud.function;

import java.util.List;

import dev.crud.table.Filter;
import dev.crud.table.RowFormat;
import org.jspecify.annotations.Nullable;

/**
 * Which rows to list, in what order and in what form.
 *
 * @param criteria what narrows the list; all must hold
 * @param sort the order
 * @param after where to start, or {@code null} for the first row
 * @param limit how many rows at most, 1 to 1000, or {@code null} for all
 * @param count how to count the rows that the filters let through
 * @param format how to write them
 */
public record ListQuery(List<Criterion> criteria, Sort sort, @Nullable Position after, @Nullable Integer limit,
		Count count, RowFormat format) {

	/**
	 * Returns this query with another start.
	 * @param position where to start
	 * @return a query
	 */
	public ListQuery from(Position position) {
		return new ListQuery(this.criteria, this.sort, position, this.limit, this.count, this.format);
	}

	/**
	 * A filter with what to compare with.
	 *
	 * @param filter the filter
	 * @param value the value
	 */
	public record Criterion(Filter filter, Object value) {
	}

	/** Whether a list says how many rows its filters let through. */
	public enum Count {

		/** Not at all. */
		NONE,
		/** As the database estimates it, at no cost. */
		ESTIMATED,
		/** Exactly; the database reads all rows that it counts. */
		EXACT

	}

}
