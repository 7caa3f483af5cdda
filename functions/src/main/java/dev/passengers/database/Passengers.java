package dev.passengers.database;

import java.util.List;
import java.util.UUID;

import dev.passengers.passenger.Deletion;
import dev.passengers.passenger.Details;
import dev.passengers.passenger.Listing;
import dev.passengers.passenger.Passenger;
import dev.passengers.passenger.PassengerQuery;
import dev.passengers.passenger.Posting;
import dev.passengers.passenger.Refusal;
import dev.passengers.passenger.Replacement;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * The stored passengers. Every operation ends within the limits of {@link TimeLimit}.
 */
public class Passengers {

	private static final String FIND = """
			SELECT uuid, version, survived, passenger_class, name, sex, age,
			       siblings_or_spouses_aboard, parents_or_children_aboard, fare
			FROM passengers
			WHERE uuid = :uuid
			""";

	private static final String REPLACE = """
			UPDATE passengers
			SET version = version + 1, survived = :survived, passenger_class = :passengerClass, name = :name, sex = :sex,
			    age = :age, siblings_or_spouses_aboard = :siblings, parents_or_children_aboard = :parents, fare = :fare
			WHERE uuid = :uuid AND (:versions::bigint[] IS NULL OR version = ANY (:versions))
			RETURNING version
			""";

	private static final String DELETE = """
			DELETE FROM passengers
			WHERE uuid = :uuid AND (:versions::bigint[] IS NULL OR version = ANY (:versions))
			RETURNING uuid
			""";

	private static final String EXISTS = "SELECT EXISTS (SELECT FROM passengers WHERE uuid = :uuid)";

	private final DatabaseClient database;

	private final TimeLimit timeLimit;

	private final Lists lists;

	private final Inserts inserts;

	Passengers(DatabaseClient database, TimeLimit timeLimit, Lists lists, Inserts inserts) {
		this.database = database;
		this.timeLimit = timeLimit;
		this.lists = lists;
		this.inserts = inserts;
	}

	/**
	 * Finds a passenger.
	 * @param uuid which
	 * @return the passenger; empty when there is none
	 */
	public Mono<Passenger> find(UUID uuid) {
		return this.timeLimit.on(this.database.sql(FIND).bind("uuid", uuid).map(Rows::passenger).one());
	}

	/**
	 * Lists passengers from a database cursor, as fast as they are read.
	 * @param query which, and in what order
	 * @return the list
	 * @see Refusal.Reason#CURSOR_GONE
	 */
	public Mono<Listing> list(PassengerQuery query) {
		return this.lists.list(query);
	}

	/**
	 * Inserts one passenger, or finds the one that was inserted under the same key.
	 * @param posting the passenger
	 * @return the passenger as it was inserted
	 * @see Refusal.Reason#KEY_REUSED
	 */
	public Mono<Passenger> insert(Posting.One posting) {
		return this.timeLimit.on(this.inserts.insert(posting));
	}

	/**
	 * Inserts all passengers or none.
	 * @param posting the passengers
	 * @return how many were inserted, now or under the same key
	 * @see Refusal.Reason#KEY_REUSED
	 */
	public Mono<Long> insertAll(Posting.Many posting) {
		return this.inserts.insertAll(posting);
	}

	/**
	 * Replaces all fields of a passenger.
	 * @param replacement which, and by what
	 * @return the passenger as it is now
	 * @see Refusal.Reason#NO_SUCH_PASSENGER
	 * @see Refusal.Reason#CHANGED
	 */
	public Mono<Passenger> replace(Replacement replacement) {
		Details details = replacement.details();
		GenericExecuteSpec update = Rows.bind(this.database.sql(REPLACE), details).bind("uuid", replacement.uuid());
		return this.timeLimit.on(bindVersions(update, replacement.versions()).mapValue(Long.class)
			.one()
			.map((version) -> new Passenger(replacement.uuid(), version, details))
			.switchIfEmpty(refuse(replacement.uuid())));
	}

	/**
	 * Deletes a passenger.
	 * @param deletion which
	 * @return its uuid
	 * @see Refusal.Reason#NO_SUCH_PASSENGER
	 * @see Refusal.Reason#CHANGED
	 */
	public Mono<UUID> delete(Deletion deletion) {
		GenericExecuteSpec delete = this.database.sql(DELETE).bind("uuid", deletion.uuid());
		return this.timeLimit.on(bindVersions(delete, deletion.versions()).mapValue(UUID.class)
			.one()
			.switchIfEmpty(refuse(deletion.uuid())));
	}

	private static GenericExecuteSpec bindVersions(GenericExecuteSpec spec, @Nullable List<Long> versions) {
		return (versions != null) ? spec.bind("versions", versions.toArray(Long[]::new))
				: spec.bindNull("versions", Long[].class);
	}

	private <T> Mono<T> refuse(UUID uuid) {
		return Mono.defer(() -> this.database.sql(EXISTS).bind("uuid", uuid).mapValue(Boolean.class).one())
			.flatMap((exists) -> Mono
				.error(new Refusal(exists ? Refusal.Reason.CHANGED : Refusal.Reason.NO_SUCH_PASSENGER)));
	}

}
