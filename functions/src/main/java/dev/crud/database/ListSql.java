package dev.crud.database;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.crud.function.ListQuery;
import dev.crud.function.ListQuery.Criterion;
import dev.crud.function.Position;
import dev.crud.table.Column;
import dev.crud.table.Table;

/**
 * Builds the statements of one list from SQL keywords and declared names, never from
 * anything a client has sent. Each combination of filters and sort is a statement of its
 * own, so that it is planned on its own and can use its index.
 */
final class ListSql {

	/**
	 * A parameter for statements that have none: without, the driver sends a statement in
	 * three round trips rather than one. PostgreSQL's planner leaves it out, and no
	 * column is called like this, because columns have no upper case.
	 */
	private static final String PARAMETER = ", (SELECT $1::boolean) AS \"PARAMETER\" (\"PARAMETER\")";

	/**
	 * The largest table that is read as it lies, in bytes. One that has shrunk may be all
	 * but empty, and then this much is read for a few rows; an index would find them.
	 */
	private static final int UNORDERED_BYTES = 8 * 1024 * 1024;

	private static final String KEY = SqlTemplate.quote(Table.KEY);

	private final Table table;

	private final ListQuery query;

	private final List<Object> parameters = new ArrayList<>();

	private final List<String> criteria;

	ListSql(Table table, ListQuery query) {
		this.table = table;
		this.query = query;
		this.criteria = query.criteria().stream().map(this::condition).toList();
	}

	/**
	 * Returns the statement that reads the whole list: keys, then the table's columns.
	 * @return the statement
	 */
	Sql rows() {
		return rows(orderBy());
	}

	/**
	 * Returns the statement that reads a page, and one row more if there is one.
	 * @param limit how many rows the page has at most
	 * @return the statement
	 */
	Sql page(int limit) {
		return rows(orderBy() + "LIMIT " + (limit + 1) + "\n");
	}

	/**
	 * Returns the statement that reads the first rows that the database finds, if the
	 * query has no filter and no position. It reads none if the table is larger than
	 * {@link #UNORDERED_BYTES}, or has no size because its partitions have the rows.
	 * @param limit how many rows are wanted at most; one more is read if there is one
	 * @return the statement
	 */
	Sql unordered(int limit) {
		return rows("LIMIT CASE WHEN pg_relation_size('" + SqlTemplate.quote(this.table.name()) + "') BETWEEN 1 AND "
				+ UNORDERED_BYTES + " THEN " + (limit + 1) + " ELSE 0 END\n");
	}

	private Sql rows(String end) {
		List<List<String>> conditions = parts();
		boolean bare = this.parameters.isEmpty();
		String select = new SqlTemplate(this.table)
			.fill("SELECT \"uuid\", {columns}\nFROM {table}" + (bare ? PARAMETER : "") + "\n");
		List<String> parts = conditions.stream().map((part) -> select + where(part) + end).toList();
		String text = (parts.size() == 1) ? parts.get(0)
				: parts.stream().collect(Collectors.joining(") UNION ALL (", "(", ")\n" + end));
		return new Sql(text, bare ? List.of(true) : this.parameters);
	}

	/**
	 * Returns a statement about all rows that the filters let through.
	 * @param select what to select
	 * @return the statement
	 */
	Sql all(String select) {
		return new Sql(select + new SqlTemplate(this.table).fill(" FROM {table}\n") + where(List.of()),
				this.parameters);
	}

	/**
	 * Returns the statement that looks up where a page starts.
	 * @param column the column that the list is sorted by
	 * @param position the position, whose value is unknown
	 * @return a statement that reads one column, the value
	 */
	Sql valueAt(Column column, Position position) {
		return Sql.of("SELECT " + SqlTemplate.quote(column.inDatabase())
				+ new SqlTemplate(this.table).fill(" FROM {table} WHERE \"uuid\" = $1"), position.key());
	}

	private String condition(Criterion criterion) {
		String column = SqlTemplate.quote(criterion.filter().column().inDatabase());
		Object value = criterion.value();
		return switch (criterion.filter().kind()) {
			case EQUAL -> column + " = " + bind(value);
			case MIN -> column + " >= " + bind(value);
			case MAX -> column + " <= " + bind(value);
			case CONTAINS -> "lower(" + column + ") LIKE '%' || lower(" + bind(escapeLike((String) value))
					+ " COLLATE pg_c_utf8) || '%'";
			case PRESENT -> column + (Boolean.TRUE.equals(value) ? " IS NOT NULL" : " IS NULL");
		};
	}

	/**
	 * Returns the SQL conditions of the parts of the table that a page reads. There are
	 * two parts when the page may contain rows with a value and rows without one: an
	 * index finds the start of either part, but not of both at once.
	 */
	private List<List<String>> parts() {
		Position after = this.query.after();
		if (after == null) {
			return List.of(List.of());
		}
		boolean descending = this.query.sort().descending();
		Column column = this.query.sort().column();
		String keyBehind = KEY + (descending ? " < " : " > ") + bind(after.key());
		if (column == null) {
			return List.of(List.of(keyBehind));
		}
		String name = SqlTemplate.quote(column.inDatabase());
		if (after.value() == null) {
			List<String> behind = List.of(name + " IS NULL", keyBehind);
			return descending ? List.of(behind, List.of(name + " IS NOT NULL")) : List.of(behind);
		}
		List<String> behind = List.of("(%s, %s) %s (%s, %s)".formatted(name, KEY, descending ? "<" : ">",
				bind(after.value()), "$" + (this.parameters.size() - 1)));
		return (column.optional() && !descending) ? List.of(behind, List.of(name + " IS NULL")) : List.of(behind);
	}

	private String orderBy() {
		String direction = this.query.sort().descending() ? " DESC" : "";
		Column column = this.query.sort().column();
		String first = (column != null) ? SqlTemplate.quote(column.inDatabase()) + direction + ", " : "";
		return "ORDER BY " + first + KEY + direction + "\n";
	}

	private String where(List<String> more) {
		List<String> all = new ArrayList<>(this.criteria);
		all.addAll(more);
		return all.isEmpty() ? "" : "WHERE " + String.join(" AND ", all) + "\n";
	}

	private String bind(Object value) {
		this.parameters.add(value);
		return "$" + this.parameters.size();
	}

	private static String escapeLike(String text) {
		return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
	}

}
