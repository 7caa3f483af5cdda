package dev.crud.edge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.crud.function.ListQuery;
import dev.crud.function.ListQuery.Count;
import dev.crud.function.ListQuery.Criterion;
import dev.crud.function.Position;
import dev.crud.function.Sort;
import dev.crud.table.Column;
import dev.crud.table.Filter;
import dev.crud.table.InvalidValueException;
import dev.crud.table.RowFormat;
import dev.crud.table.Table;
import dev.crud.table.UuidType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query parameters of a list.
 */
final class ListParameters {

	private static final String LIMIT = "limit";

	private static final String AFTER = "after";

	/**
	 * A parameter of our own, for the Link header. With the value of the last row, the
	 * next page can start after that row even when it has since been changed or deleted.
	 */
	private static final String AFTER_VALUE = "afterValue";

	private static final String SORT = "sort";

	private static final String COUNT = "count";

	private static final Pattern LIMITS = Pattern.compile("[1-9]\\d{0,2}|1000");

	private final Table table;

	private final Set<String> known = new HashSet<>(List.of(LIMIT, AFTER, AFTER_VALUE, SORT, COUNT));

	ListParameters(Table table) {
		this.table = table;
		table.filters().forEach((filter) -> this.known.add(filter.parameter()));
	}

	/**
	 * Reads a query string.
	 * @param rawQuery the string, with nothing decoded, or {@code null} for none
	 * @return the parameters that lists know
	 * @throws ProblemException with status 400 when a known parameter is given twice
	 */
	QueryString given(@Nullable String rawQuery) {
		return QueryString.parse(rawQuery, this.known);
	}

	/**
	 * Reads the parameters.
	 * @param given the parameters
	 * @param format the format of the list
	 * @return the query that they describe
	 * @throws ProblemException with status 400 when one is not allowed
	 */
	ListQuery read(QueryString given, RowFormat format) {
		List<Criterion> criteria = new ArrayList<>();
		for (Filter filter : this.table.filters()) {
			String value = given.get(filter.parameter());
			if (value != null) {
				criteria.add(criterion(filter, value));
			}
		}
		Sort sort = sort(given.get(SORT));
		return new ListQuery(criteria, sort, after(given, sort), limit(given.get(LIMIT)), count(given.get(COUNT)),
				format);
	}

	private static Criterion criterion(Filter filter, String value) {
		try {
			return new Criterion(filter, filter.parse(value));
		}
		catch (InvalidValueException ex) {
			throw QueryString.bad(filter.parameter(), ex.detail());
		}
	}

	private Sort sort(@Nullable String value) {
		if (value == null) {
			return Sort.BY_KEY;
		}
		boolean descending = value.startsWith("-");
		String name = descending ? value.substring(1) : value;
		Column column = this.table.column(name);
		if ((column == null || !column.sorted()) && !name.equals(Table.KEY)) {
			throw QueryString.bad(SORT, "must be the name of a field, with - before it for descending order");
		}
		return new Sort(column, descending);
	}

	private static @Nullable Position after(QueryString given, Sort sort) {
		String key = given.get(AFTER);
		UUID after = (key != null) ? UuidType.uuid(key) : null;
		if (key != null && after == null) {
			throw QueryString.bad(AFTER, "must be a uuid in its canonical form");
		}
		String value = given.get(AFTER_VALUE);
		Column column = sort.column();
		if (value == null) {
			return (after != null) ? new Position(after, null, false) : null;
		}
		if (column == null || after == null) {
			throw QueryString.bad(AFTER_VALUE, "goes with sort and after");
		}
		try {
			return new Position(after, column.parse(value), true);
		}
		catch (InvalidValueException ex) {
			throw QueryString.bad(AFTER_VALUE, ex.detail());
		}
	}

	private static @Nullable Integer limit(@Nullable String value) {
		if (value != null && !LIMITS.matcher(value).matches()) {
			throw QueryString.bad(LIMIT, "must be an integer between 1 and 1000");
		}
		return (value != null) ? Integer.valueOf(value) : null;
	}

	private static Count count(@Nullable String value) {
		return switch ((value != null) ? value : "false") {
			case "false" -> Count.NONE;
			case "estimated" -> Count.ESTIMATED;
			case "true" -> Count.EXACT;
			default -> throw QueryString.bad(COUNT, "must be true, estimated or false");
		};
	}

	/**
	 * Returns the Link header (RFC 8288) of the next page.
	 * @param path the path of the list
	 * @param given the parameters of this page
	 * @param query the query that they describe
	 * @param next the position where the next page starts
	 * @return the value of the header
	 */
	static String next(String path, QueryString given, ListQuery query, Position next) {
		Map<String, String> start = new LinkedHashMap<>();
		start.put(AFTER, next.key().toString());
		Column column = query.sort().column();
		if (column != null) {
			start.put(AFTER_VALUE, column.text(next.value()));
		}
		return "<" + path + "?" + given.with(start) + ">; rel=\"next\"";
	}

}
