package dev.passengers.functions;

import java.util.UUID;
import java.util.function.Function;

import dev.passengers.database.Passengers;
import dev.passengers.passenger.Deletion;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Deletes a passenger and answers which.
 */
@Component("deletepassenger")
class DeletePassenger implements Function<Deletion, Mono<UUID>> {

	private final Passengers passengers;

	DeletePassenger(Passengers passengers) {
		this.passengers = passengers;
	}

	@Override
	public Mono<UUID> apply(Deletion deletion) {
		return this.passengers.delete(deletion);
	}

}
