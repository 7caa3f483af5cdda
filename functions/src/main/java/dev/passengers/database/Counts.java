package dev.passengers.database;

import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.passengers.passenger.Refusal;
import io.r2dbc.spi.R2dbcException;
import reactor.core.publisher.Mono;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Counts the rows that a query lets through: exactly, which reads them all, or as the
 * planner estimates them, which reads none.
 */
class Counts {

	private static final String EXACT = "SELECT count(*) ";

	private static final String ESTIMATED = "EXPLAIN (FORMAT JSON) SELECT ";

	/** The outermost node comes first. */
	private static final Pattern PLAN_ROWS = Pattern.compile("\"Plan Rows\": (\\d+)");

	/** Postgres's SQLSTATE for a statement that ran into its time limit. */
	private static final String QUERY_CANCELED = "57014";

	private final DatabaseClient database;

	private final Transactions transactions;

	private final TimeLimit timeLimit;

	Counts(DatabaseClient database, Transactions transactions, TimeLimit timeLimit) {
		this.database = database;
		this.transactions = transactions;
		this.timeLimit = timeLimit;
	}

	/**
	 * Counts rows one by one.
	 * @param from what to count: a query from its FROM on
	 * @param values binds its parameters
	 * @return the number; a {@link Refusal} when it takes longer than 10 s
	 */
	Mono<Long> exact(String from, UnaryOperator<GenericExecuteSpec> values) {
		return this.transactions.run(TransactionKind.COUNT,
				(transaction) -> this.timeLimit
					.within(TimeLimit.MANY_ROWS, values.apply(transaction.sql(EXACT + from)).mapValue(Long.class).one())
					.onErrorMap(Counts::tookTooLong, (error) -> new Refusal(Refusal.Reason.COUNT_TOO_LONG)));
	}

	private static boolean tookTooLong(Throwable error) {
		return error instanceof TimeoutException
				|| (NestedExceptionUtils.getMostSpecificCause(error) instanceof R2dbcException cause
						&& QUERY_CANCELED.equals(cause.getSqlState()));
	}

	/**
	 * Asks the planner how many rows it expects, from the statistics of the last ANALYZE.
	 * @param from what to count: a query from its FROM on
	 * @param values binds its parameters
	 * @return the number, at least 1 for a table that has been analyzed
	 */
	Mono<Long> estimated(String from, UnaryOperator<GenericExecuteSpec> values) {
		return this.timeLimit.on(values.apply(this.database.sql(ESTIMATED + from))
			.map((row) -> planRows(Objects.requireNonNull(row.get(0, String.class))))
			.one());
	}

	private static long planRows(String plan) {
		Matcher rows = PLAN_ROWS.matcher(plan);
		if (!rows.find()) {
			throw new IllegalStateException("A plan without its number of rows: " + plan);
		}
		return Long.parseLong(rows.group(1));
	}

}
