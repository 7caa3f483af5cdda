package dev.passengers.database;

import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import dev.passengers.passenger.Details;
import dev.passengers.passenger.IdempotencyKey;
import dev.passengers.passenger.Passenger;
import dev.passengers.passenger.Posting;
import dev.passengers.passenger.Refusal;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Inserts passengers, one or many, at most once for each idempotency key.
 */
class Inserts {

	private static final int ROWS_A_STATEMENT = 500;

	private static final String INSERT = """
			INSERT INTO passengers (survived, passenger_class, name, sex, age,
			                        siblings_or_spouses_aboard, parents_or_children_aboard, fare)
			VALUES (:survived, :passengerClass, :name, :sex, :age, :siblings, :parents, :fare)
			RETURNING uuid
			""";

	private static final String INSERT_MANY = """
			INSERT INTO passengers (survived, passenger_class, name, sex, age,
			                        siblings_or_spouses_aboard, parents_or_children_aboard, fare)
			SELECT survived, passenger_class, name, sex, age, siblings, parents, fare
			FROM unnest(:survived::boolean[], :passengerClass::smallint[], :name::text[], :sex::text[], :age::float8[],
			            :siblings::smallint[], :parents::smallint[], :fare::float8[])
			     AS new (survived, passenger_class, name, sex, age, siblings, parents, fare)
			""";

	/**
	 * Each claim sweeps up to two expired keys, so that the table stays as small as a
	 * day's keys.
	 */
	private static final String SWEEP = """
			WITH swept AS (
			    DELETE FROM idempotency_keys
			    WHERE key IN (SELECT key FROM idempotency_keys
			                  WHERE used_at < now() - interval '24 hours' AND key <> :key
			                  ORDER BY used_at LIMIT 2 FOR UPDATE SKIP LOCKED)
			)
			""";

	/**
	 * Claims the key and inserts, or does neither when the key is in use. A key of the
	 * same name that another transaction is about to claim is waited for.
	 */
	private static final String INSERT_ONCE = SWEEP + """
			, claimed AS (
			    INSERT INTO idempotency_keys AS old (key, fingerprint, passenger)
			    VALUES (:key, :fingerprint, uuidv7())
			    ON CONFLICT (key) DO UPDATE
			    SET fingerprint = excluded.fingerprint, passenger = excluded.passenger, inserted = NULL, used_at = now()
			    WHERE old.used_at < now() - interval '24 hours'
			    RETURNING passenger
			)
			INSERT INTO passengers (uuid, survived, passenger_class, name, sex, age,
			                        siblings_or_spouses_aboard, parents_or_children_aboard, fare)
			SELECT passenger, :survived, :passengerClass, :name, :sex, :age, :siblings, :parents, :fare FROM claimed
			RETURNING uuid
			""";

	private static final String CLAIM_FOR_MANY = SWEEP + """
			INSERT INTO idempotency_keys AS old (key, fingerprint, inserted)
			VALUES (:key, :fingerprint, :inserted)
			ON CONFLICT (key) DO UPDATE
			SET fingerprint = excluded.fingerprint, passenger = NULL, inserted = excluded.inserted, used_at = now()
			WHERE old.used_at < now() - interval '24 hours'
			RETURNING inserted
			""";

	private static final String FIND_KEY = """
			SELECT fingerprint, passenger, inserted
			FROM idempotency_keys
			WHERE key = :key AND used_at >= now() - interval '24 hours'
			""";

	private final DatabaseClient database;

	private final Transactions transactions;

	private final TimeLimit timeLimit;

	Inserts(DatabaseClient database, Transactions transactions, TimeLimit timeLimit) {
		this.database = database;
		this.transactions = transactions;
		this.timeLimit = timeLimit;
	}

	Mono<Passenger> insert(Posting.One posting) {
		Details details = posting.details();
		IdempotencyKey key = posting.key();
		Mono<UUID> uuid = (key == null) ? insert(INSERT, details, null)
				: insert(INSERT_ONCE, details, key)
					.switchIfEmpty(earlier(key).map((earlier) -> sameKind(earlier.passenger())))
					// The earlier use may have expired between the two statements.
					.repeatWhenEmpty(2, Function.identity());
		return uuid.map((assigned) -> new Passenger(assigned, 1, details));
	}

	private Mono<UUID> insert(String sql, Details details, @Nullable IdempotencyKey key) {
		GenericExecuteSpec spec = Rows.bind(this.database.sql(sql), details);
		return ((key != null) ? bind(spec, key) : spec).mapValue(UUID.class).one();
	}

	Mono<Long> insertAll(Posting.Many posting) {
		return this.transactions
			.run(TransactionKind.UPLOAD, (database) -> insertAll(database, posting.rows(), posting.key()))
			.onErrorResume(KeyInUse.class,
					(inUse) -> this.timeLimit.on(earlier(inUse.key).map((earlier) -> sameKind(earlier.inserted()))));
	}

	private Mono<Long> insertAll(DatabaseClient database, Flux<Details> rows, Supplier<@Nullable IdempotencyKey> key) {
		return rows.buffer(ROWS_A_STATEMENT)
			// A bad row, or a lost client, may not overtake a statement.
			.concatMapDelayError((some) -> this.timeLimit.within(TimeLimit.MANY_ROWS, insert(database, some)), false, 1)
			.reduce(0L, Long::sum)
			.flatMap((count) -> claim(database, key.get(), count));
	}

	private static Mono<Long> insert(DatabaseClient database, List<Details> rows) {
		return database.sql(INSERT_MANY)
			.bind("survived", column(rows, Details::survived, Boolean[]::new))
			.bind("passengerClass", column(rows, Details::passengerClass, Integer[]::new))
			.bind("name", column(rows, Details::name, String[]::new))
			.bind("sex", column(rows, Details::sex, String[]::new))
			.bind("age", column(rows, Details::age, Double[]::new))
			.bind("siblings", column(rows, Details::siblingsOrSpousesAboard, Integer[]::new))
			.bind("parents", column(rows, Details::parentsOrChildrenAboard, Integer[]::new))
			.bind("fare", column(rows, Details::fare, Double[]::new))
			.fetch()
			.rowsUpdated();
	}

	private static <T> Object column(List<Details> rows, Function<Details, T> value, IntFunction<T[]> array) {
		return rows.stream().map(value).toArray(array);
	}

	private Mono<Long> claim(DatabaseClient database, @Nullable IdempotencyKey key, long inserted) {
		if (key == null) {
			return Mono.just(inserted);
		}
		return this.timeLimit.within(TimeLimit.MANY_ROWS,
				bind(database.sql(CLAIM_FOR_MANY), key).bind("inserted", inserted)
					.mapValue(Long.class)
					.one()
					// Rolls back what was inserted.
					.switchIfEmpty(Mono.error(() -> new KeyInUse(key))));
	}

	private Mono<Earlier> earlier(IdempotencyKey key) {
		return Mono
			.defer(() -> this.database.sql(FIND_KEY)
				.bind("key", key.value())
				.map((row) -> new Earlier(Objects.requireNonNull(row.get(0, byte[].class)), row.get(1, UUID.class),
						row.get(2, Long.class)))
				.one())
			.doOnNext((earlier) -> {
				if (!MessageDigest.isEqual(earlier.fingerprint, key.fingerprint())) {
					throw new Refusal(Refusal.Reason.KEY_REUSED);
				}
			});
	}

	/** The same bytes may have been one passenger then and the only line of many now. */
	private static <T> T sameKind(@Nullable T answer) {
		if (answer == null) {
			throw new Refusal(Refusal.Reason.KEY_REUSED);
		}
		return answer;
	}

	private static GenericExecuteSpec bind(GenericExecuteSpec spec, IdempotencyKey key) {
		return spec.bind("key", key.value()).bind("fingerprint", key.fingerprint());
	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Earlier(byte[] fingerprint, @Nullable UUID passenger, @Nullable Long inserted) {
	}

	private static final class KeyInUse extends RuntimeException {

		private final transient IdempotencyKey key;

		KeyInUse(IdempotencyKey key) {
			super(key.value(), null, false, false);
			this.key = key;
		}

	}

}
