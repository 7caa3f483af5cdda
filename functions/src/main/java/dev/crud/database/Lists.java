package dev.crud.database;

import java.util.Objects;

import dev.crud.function.ListQuery;
import dev.crud.function.Position;
import dev.crud.function.RefusedException;
import dev.crud.function.RowList;
import dev.crud.table.Column;
import dev.crud.table.Table;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lists rows: a page with one statement, a whole list through a database cursor.
 */
class Lists {

	private final Table table;

	private final Statements statements;

	private final Cursors cursors;

	private final Counts counts;

	private final TimeLimit timeLimit;

	Lists(Table table, Statements statements, Cursors cursors, Counts counts, TimeLimit timeLimit) {
		this.table = table;
		this.statements = statements;
		this.cursors = cursors;
		this.counts = counts;
		this.timeLimit = timeLimit;
	}

	Mono<RowList> list(ListQuery query) {
		return position(query).map(query::from)
			.defaultIfEmpty(query)
			.flatMap((known) -> this.counts.of(known)
				.flatMap((total) -> list(known, total))
				.switchIfEmpty(Mono.defer(() -> list(known, null))));
	}

	private Mono<Position> position(ListQuery query) {
		Position after = query.after();
		Column column = query.sort().column();
		if (after == null || column == null || after.known()) {
			return Mono.empty();
		}
		Sql sql = new ListSql(this.table, query).valueAt(column, after);
		return this.timeLimit
			.on(this.statements.one(sql, (row) -> new Position(after.key(), column.type().read(row, 0), true))
				.switchIfEmpty(Mono.error(() -> new RefusedException(RefusedException.Reason.POSITION_GONE))));
	}

	private Mono<RowList> list(ListQuery query, @Nullable Long total) {
		Sql sql = new ListSql(this.table, query).rows();
		return (query.limit() != null) ? page(sql, query, query.limit(), total)
				: Mono.just(new RowList(total, null, this.cursors.list(sql, query.format())));
	}

	/**
	 * Reads one page of at most 1000 rows, and one row more to learn whether another page
	 * follows.
	 */
	private Mono<RowList> page(Sql sql, ListQuery query, int limit, @Nullable Long total) {
		return this.timeLimit.on(Mono.defer(() -> {
			ListCopy page = new ListCopy(this.table, query.format());
			return this.statements.on((connection) -> sql
				// The extra row only shows that there is another page; it is not written.
				.rows(connection, (row) -> (page.rows() < limit) ? page.add(row) : limit + 1)
				.reduce(0, Math::max)).map((rows) -> {
					page.end();
					return new RowList(total, (rows > limit) ? next(query, page) : null,
							Flux.fromIterable(page.take()));
				});
		}));
	}

	private Position next(ListQuery query, ListCopy page) {
		Column column = query.sort().column();
		Object value = (column != null) ? page.value(this.table.position(column.name())) : null;
		return new Position(Objects.requireNonNull(page.key()), value, true);
	}

}
