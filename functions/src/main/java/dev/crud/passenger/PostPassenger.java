package dev.crud.passenger;

import java.util.function.Function;

import dev.crud.database.Rows;
import dev.crud.function.Created;
import dev.crud.function.Creation;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Creates one passenger or many.
 */
@Component("postpassenger")
class PostPassenger implements Function<Creation, Mono<Created>> {

	private final Rows passengers;

	PostPassenger(Rows passengers) {
		this.passengers = passengers;
	}

	@Override
	public Mono<Created> apply(Creation creation) {
		return this.passengers.insert(creation);
	}

}
