package dev.crud.passenger;

import java.util.UUID;
import java.util.function.Function;

import dev.crud.database.Rows;
import dev.crud.function.Deletion;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Deletes a passenger and returns its key.
 */
@Component("deletepassenger")
class DeletePassenger implements Function<Deletion, Mono<UUID>> {

	private final Rows passengers;

	DeletePassenger(Rows passengers) {
		this.passengers = passengers;
	}

	@Override
	public Mono<UUID> apply(Deletion deletion) {
		return this.passengers.delete(deletion);
	}

}
