package dev.crud.database;

import dev.crud.function.ListQuery;
import dev.crud.table.Table;

import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.crud.function.RefusedException;
import io.r2dbc.spi.R2dbcException;
import reactor.core.publisher.Mono;

import org.springframework.core.NestedExceptionUtils;

/**
 * Counts the rows that a query lets through: exactly, which reads them all, or as the
 * planner estimates them, which reads none.
 */
class Counts {

	private static final String EXACT = "SELECT count(*)";

	private static final String ESTIMATED = "EXPLAIN (FORMAT JSON) SELECT";

	/** The first match is the estimate of the outermost node of the plan. */
	private static final Pattern PLAN_ROWS = Pattern.compile("\"Plan Rows\": (\\d+)");

	/** Postgres's SQLSTATE for a statement that ran into its time limit. */
	private static final String QUERY_CANCELED = "57014";

	private final Table table;

	private final TimeLimit limit;

	private final Statements statements;

	private final Transactions transactions;

	Counts(Table table, TimeLimit limit, Statements statements, Transactions transactions) {
		this.table = table;
		this.limit = limit;
		this.statements = statements;
		this.transactions = transactions;
	}

	/**
	 * Counts the rows that a query's filters let through.
	 * @param query the query
	 * @return the number; a {@link RefusedException} when counting takes longer than 10 s
	 */
	Mono<Long> exact(ListQuery query) {
		Sql sql = new ListSql(this.table, query).all(EXACT);
		return this.transactions.run(TransactionKind.COUNT, (lease, connection) -> this.limit
			.within(TimeLimit.MANY_ROWS, lease,
					sql.rows(connection, (row) -> Rows.get(row, 0, Long.class)).singleOrEmpty())
			.onErrorMap(Counts::tookTooLong, (error) -> new RefusedException(RefusedException.Reason.COUNT_TOO_LONG)));
	}

	private static boolean tookTooLong(Throwable error) {
		return error instanceof TimeoutException
				|| (NestedExceptionUtils.getMostSpecificCause(error) instanceof R2dbcException cause
						&& QUERY_CANCELED.equals(cause.getSqlState()));
	}

	/**
	 * Asks the planner how many rows it expects, from the statistics of the last ANALYZE:
	 * at least 1 for a table that has been analyzed.
	 * @param lease holds the connection meanwhile
	 * @param query the query
	 * @return the number
	 */
	Mono<Long> estimated(Lease lease, ListQuery query) {
		Sql sql = new ListSql(this.table, query).all(ESTIMATED);
		return this.statements.one(lease, sql, (row) -> planRows(Rows.get(row, 0, String.class)));
	}

	private static long planRows(String plan) {
		Matcher rows = PLAN_ROWS.matcher(plan);
		if (!rows.find()) {
			throw new IllegalStateException("A plan without its number of rows: " + plan);
		}
		return Long.parseLong(rows.group(1));
	}

}
