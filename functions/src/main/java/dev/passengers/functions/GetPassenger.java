package dev.passengers.functions;

import java.util.UUID;
import java.util.function.Function;

import dev.passengers.database.Passengers;
import dev.passengers.passenger.Passenger;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Finds one passenger; empty when there is none.
 */
@Component("getpassenger")
class GetPassenger implements Function<UUID, Mono<Passenger>> {

	private final Passengers passengers;

	GetPassenger(Passengers passengers) {
		this.passengers = passengers;
	}

	@Override
	public Mono<Passenger> apply(UUID uuid) {
		return this.passengers.find(uuid);
	}

}
