package dev.passengers.functions;

import java.util.function.Function;

import dev.passengers.database.Passengers;
import dev.passengers.passenger.Posted;
import dev.passengers.passenger.Posting;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Creates one passenger or many.
 */
@Component("postpassenger")
class PostPassenger implements Function<Posting, Mono<Posted>> {

	private final Passengers passengers;

	PostPassenger(Passengers passengers) {
		this.passengers = passengers;
	}

	@Override
	public Mono<Posted> apply(Posting posting) {
		if (posting instanceof Posting.Many many) {
			return this.passengers.insertAll(many).map(Posted.Many::new);
		}
		return this.passengers.insert((Posting.One) posting).map(Posted.One::new);
	}

}
