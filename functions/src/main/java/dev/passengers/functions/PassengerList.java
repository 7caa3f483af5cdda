package dev.passengers.functions;

import java.util.function.Function;

import dev.passengers.database.Passengers;
import dev.passengers.passenger.Listing;
import dev.passengers.passenger.PassengerQuery;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Lists passengers.
 */
@Component("passengerlist")
class PassengerList implements Function<PassengerQuery, Mono<Listing>> {

	private final Passengers passengers;

	PassengerList(Passengers passengers) {
		this.passengers = passengers;
	}

	@Override
	public Mono<Listing> apply(PassengerQuery query) {
		return this.passengers.list(query);
	}

}
