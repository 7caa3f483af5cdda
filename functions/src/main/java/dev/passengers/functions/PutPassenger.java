package dev.passengers.functions;

import java.util.function.Function;

import dev.passengers.database.Passengers;
import dev.passengers.passenger.Passenger;
import dev.passengers.passenger.Replacement;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Replaces all fields of a passenger.
 */
@Component("putpassenger")
class PutPassenger implements Function<Replacement, Mono<Passenger>> {

	private final Passengers passengers;

	PutPassenger(Passengers passengers) {
		this.passengers = passengers;
	}

	@Override
	public Mono<Passenger> apply(Replacement replacement) {
		return this.passengers.replace(replacement);
	}

}
