package dev.crud.database;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.crud.function.Creation;
import dev.crud.function.IdempotencyKey;
import dev.crud.function.RefusedException;
import dev.crud.table.Table;
import dev.crud.table.Values;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcTransientResourceException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Inserts one or many rows, at most once for each idempotency key.
 */
class Inserts {

	private static final int ROWS_A_STATEMENT = 500;

	private static final String INSERT = """
			INSERT INTO {table} ({columns})
			VALUES ({values})
			RETURNING "uuid"
			""";

	/**
	 * Each row gets its key first, so that it is certain which row has which. A row that
	 * a trigger has left out has none in the end.
	 */
	private static final String INSERT_SOME = """
			WITH new AS MATERIALIZED (
			    SELECT uuidv7() AS "uuid", sent.*
			    FROM unnest({arrays}) WITH ORDINALITY AS sent ({columns}, "#")
			), inserted AS (
			    INSERT INTO {table} ("uuid", {columns})
			    SELECT "uuid", {columns} FROM new
			    RETURNING "uuid"
			)
			SELECT inserted."uuid"
			FROM new LEFT JOIN inserted USING ("uuid")
			ORDER BY "#"
			""";

	private static final String INSERT_MANY = """
			INSERT INTO {table} ({columns})
			SELECT {columns}
			FROM unnest({arrays}) AS new ({columns})
			""";

	/**
	 * Deletes up to two expired keys with each new one, so that the table never holds
	 * much more than one day's keys.
	 */
	private static final String SWEEP = """
			WITH swept AS (
			    DELETE FROM idempotency_keys
			    WHERE key IN (SELECT key FROM idempotency_keys
			                  WHERE used_at < now() - interval '24 hours' AND key <> {1}
			                  ORDER BY used_at LIMIT 2 FOR UPDATE SKIP LOCKED)
			)
			""";

	/**
	 * Claims the key and inserts, or does neither when the key is already used. If
	 * another transaction is just claiming the same key, the statement waits for it to
	 * end.
	 */
	private static final String INSERT_ONCE = SWEEP + """
			, claimed AS (
			    INSERT INTO idempotency_keys AS old (key, fingerprint, {row})
			    VALUES ({1}, {2}, uuidv7())
			    ON CONFLICT (key) DO UPDATE
			    SET fingerprint = excluded.fingerprint, {row} = excluded.{row}, inserted = NULL, used_at = now()
			    WHERE old.used_at < now() - interval '24 hours'
			    RETURNING {row}
			)
			INSERT INTO {table} ("uuid", {columns})
			SELECT {row}, {values} FROM claimed
			RETURNING "uuid"
			""";

	private static final String CLAIM_FOR_MANY = SWEEP.replace("{1}", "$1") + """
			INSERT INTO idempotency_keys AS old (key, fingerprint, inserted)
			VALUES ($1, $2, $3)
			ON CONFLICT (key) DO UPDATE
			SET fingerprint = excluded.fingerprint, {row} = NULL, inserted = excluded.inserted, used_at = now()
			WHERE old.used_at < now() - interval '24 hours'
			RETURNING inserted
			""";

	/** Even if it has expired since it was found to be in use. */
	private static final String FIND_KEY = """
			SELECT fingerprint, {row}, inserted
			FROM idempotency_keys
			WHERE key = $1
			""";

	private final String insert;

	private final String insertSome;

	private final String insertMany;

	private final String insertOnce;

	private final String claimForMany;

	private final String findKey;

	private final Binder binder;

	private final TimeLimit limit;

	private final Statements statements;

	private final Batches<Values, UUID> inserts;

	private final Transactions transactions;

	Inserts(Table table, TimeLimit limit, Timers timers, Statements statements, Transactions transactions) {
		SqlTemplate template = new SqlTemplate(table);
		this.insert = template.fill(INSERT);
		this.insertSome = template.fill(INSERT_SOME);
		this.insertMany = template.fill(INSERT_MANY);
		this.insertOnce = template.fill(INSERT_ONCE);
		this.claimForMany = template.fill(CLAIM_FOR_MANY);
		this.findKey = template.fill(FIND_KEY);
		this.binder = new Binder(table);
		this.limit = limit;
		this.statements = statements;
		this.inserts = new Batches<>(limit, timers, statements, this.insertSome, false, this::insert);
		this.transactions = transactions;
	}

	Mono<UUID> insert(Creation.One creation) {
		IdempotencyKey key = creation.key();
		return (key == null) ? this.inserts.run(creation.values())
				: this.limit.on((lease) -> insert(lease, creation.values(), key));
	}

	/** One row alone costs Postgres a sixth less than as one of several. */
	private Mono<List<Optional<UUID>>> insert(Connection connection, List<Values> rows) {
		Sql sql = (rows.size() == 1) ? new Sql(this.insert, this.binder.row(rows.get(0)))
				: new Sql(this.insertSome, this.binder.rows(rows));
		return sql.rows(connection, (row) -> Optional.ofNullable(row.get(0, UUID.class))).collectList();
	}

	private Mono<UUID> insert(Lease lease, Values values, IdempotencyKey key) {
		Sql sql = new Sql(this.insertOnce, this.binder.row(values, key.value(), key.fingerprint()));
		return this.statements.one(lease, sql, (row) -> Rows.get(row, 0, UUID.class))
			.switchIfEmpty(earlier(lease, key).map((earlier) -> sameKind(earlier.row())))
			// The earlier use may have expired, and been swept, between the two
			// statements.
			.repeatWhenEmpty(2, Function.identity());
	}

	Mono<Long> insertAll(Creation.Many creation) {
		return this.transactions
			.run(TransactionKind.UPLOAD,
					(lease, connection) -> insertAll(lease, connection, creation.rows(), creation.key()))
			.onErrorResume(KeyInUseException.class, (inUse) -> this.limit
				.on((lease) -> earlier(lease, inUse.key).map((earlier) -> sameKind(earlier.inserted()))
					// Swept meanwhile, and the rows can't be read again.
					.switchIfEmpty(Mono
						.error(() -> new R2dbcTransientResourceException("The idempotency key has just expired")))));
	}

	private Mono<Long> insertAll(Lease lease, Connection connection, Flux<Values> rows,
			Supplier<@Nullable IdempotencyKey> key) {
		return rows.buffer(ROWS_A_STATEMENT)
			// An error in the body, or a lost client, must not end the transaction while
			// a statement is still running.
			.concatMapDelayError((some) -> this.limit.within(TimeLimit.MANY_ROWS, lease, insertMany(connection, some)),
					false, 1)
			// Both may fail, and then one of them is told.
			.onErrorMap(Exceptions::isMultiple, (both) -> Exceptions.unwrapMultiple(both).get(0))
			.reduce(0L, Long::sum)
			.flatMap((count) -> claim(lease, connection, key.get(), count));
	}

	private Mono<Long> insertMany(Connection connection, List<Values> rows) {
		return new Sql(this.insertMany, this.binder.rows(rows)).changes(connection);
	}

	private Mono<Long> claim(Lease lease, Connection connection, @Nullable IdempotencyKey key, long inserted) {
		if (key == null) {
			return Mono.just(inserted);
		}
		Sql claim = Sql.of(this.claimForMany, key.value(), key.fingerprint(), inserted);
		return this.limit.within(TimeLimit.MANY_ROWS, lease,
				claim.rows(connection, (row) -> Rows.get(row, 0, Long.class))
					.singleOrEmpty()
					// An error rolls back the rows inserted so far.
					.switchIfEmpty(Mono.error(() -> new KeyInUseException(key))));
	}

	private Mono<Earlier> earlier(Lease lease, IdempotencyKey key) {
		return this.statements
			.one(lease, Sql.of(this.findKey, key.value()),
					(row) -> new Earlier(Rows.get(row, 0, byte[].class), row.get(1, UUID.class),
							row.get(2, Long.class)))
			.doOnNext((earlier) -> {
				if (!MessageDigest.isEqual(earlier.fingerprint, key.fingerprint())) {
					throw new RefusedException(RefusedException.Reason.KEY_REUSED);
				}
			});
	}

	/**
	 * Refuses an answer of the other kind: the same bytes may have been sent as one row
	 * first and as NDJSON now.
	 */
	private static <T> T sameKind(@Nullable T answer) {
		if (answer == null) {
			throw new RefusedException(RefusedException.Reason.KEY_REUSED);
		}
		return answer;
	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Earlier(byte[] fingerprint, @Nullable UUID row, @Nullable Long inserted) {
	}

	private static final class KeyInUseException extends RuntimeException {

		private final transient IdempotencyKey key;

		KeyInUseException(IdempotencyKey key) {
			super(key.value(), null, false, false);
			this.key = key;
		}

	}

}
