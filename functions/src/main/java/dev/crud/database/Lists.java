package dev.crud.database;

import java.util.Objects;

import dev.crud.function.ListQuery;
import dev.crud.function.Position;
import dev.crud.function.RefusedException;
import dev.crud.function.RowList;
import dev.crud.function.Sort;
import dev.crud.table.Column;
import dev.crud.table.Table;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Lists rows: a page or a short list with the one statement that finds them, a long list
 * through a database cursor.
 */
class Lists {

	private final Table table;

	private final TimeLimit limit;

	private final Statements statements;

	private final Cursors cursors;

	private final Counts counts;

	Lists(Table table, TimeLimit limit, Statements statements, Cursors cursors, Counts counts) {
		this.table = table;
		this.limit = limit;
		this.statements = statements;
		this.cursors = cursors;
		this.counts = counts;
	}

	Mono<RowList> list(ListQuery query) {
		if (query.count() != ListQuery.Count.EXACT) {
			return list(query, Mono.empty());
		}
		Mono<RowList> counted = this.counts.exact(query).flatMap((total) -> list(query, Mono.just(total)));
		if (!isWhole(query)) {
			return counted;
		}
		// A short list is counted by its rows.
		return list(query, Mono.empty()).flatMap((list) -> (list instanceof RowList.Page) ? Mono.just(list) : counted);
	}

	private static boolean isWhole(ListQuery query) {
		return query.limit() == null && query.after() == null;
	}

	/** One time limit for all that comes before the first part of the list. */
	private Mono<RowList> list(ListQuery query, Mono<Long> counted) {
		return this.limit.on((lease) -> {
			long start = System.nanoTime();
			Mono<Long> total = (query.count() == ListQuery.Count.ESTIMATED) ? this.counts.estimated(lease, query)
					: counted;
			return position(lease, query).map(query::from)
				.defaultIfEmpty(query)
				.flatMap((known) -> total.flatMap((rows) -> list(lease, known, rows, start))
					.switchIfEmpty(Mono.defer(() -> list(lease, known, null, start))));
		});
	}

	private Mono<Position> position(Lease lease, ListQuery query) {
		Position after = query.after();
		Column column = query.sort().column();
		if (after == null || column == null || after.known()) {
			return Mono.empty();
		}
		Sql sql = new ListSql(this.table, query).valueAt(column, after);
		return this.statements.one(lease, sql, (row) -> new Position(after.key(), column.type().read(row, 0), true))
			.switchIfEmpty(Mono.error(() -> new RefusedException(RefusedException.Reason.POSITION_GONE)));
	}

	private Mono<RowList> list(Lease lease, ListQuery query, @Nullable Long total, long start) {
		int limit = Objects.requireNonNullElse(query.limit(), Cursors.PAGE);
		return page(lease, query, limit).map((page) -> {
			boolean more = page.rows() > limit;
			if (more && query.limit() == null) {
				// A cursor, so that the answer is one snapshot: the page is read again.
				Sql all = new ListSql(this.table, query).rows();
				return new RowList.Stream(total, this.cursors.list(all, query.format(), start));
			}
			boolean all = !more && query.count() == ListQuery.Count.EXACT && isWhole(query);
			Long counted = all ? Long.valueOf(page.rows()) : total;
			return new RowList.Page(counted, more ? next(query, page) : null, page.take());
		});
	}

	/**
	 * Reads one page of at most 1000 rows, and one row more to learn whether others
	 * follow.
	 */
	private Mono<ListCopy> page(Lease lease, ListQuery query, int limit) {
		ListSql sql = new ListSql(this.table, query);
		ListCopy page = new ListCopy(this.table, query.format(), limit);
		return this.statements.on(lease, (connection) -> {
			Mono<ListCopy> ordered = Mono.defer(() -> page.read(sql.page(limit), connection));
			if (!isWholeTable(query)) {
				return ordered;
			}
			// Without rows, the table is empty or too large for this.
			return page.sort(sql.unordered(limit), connection)
				.flatMap((copy) -> (copy.rows() > 0) ? Mono.just(copy) : ordered);
		}).map(ListCopy::end);
	}

	/**
	 * Returns whether a list is of all rows, by key: then a short one is sorted here.
	 * Postgres would take a tenth more for it, and there is one Postgres for all
	 * instances.
	 */
	private static boolean isWholeTable(ListQuery query) {
		return isWhole(query) && query.criteria().isEmpty() && query.sort().equals(Sort.BY_KEY);
	}

	private Position next(ListQuery query, ListCopy page) {
		Column column = query.sort().column();
		Object value = (column != null) ? page.value(this.table.position(column.name())) : null;
		return new Position(Objects.requireNonNull(page.key()), value, true);
	}

}
