package dev.crud.passenger;

import java.util.function.Function;

import dev.crud.database.Rows;
import dev.crud.function.Replacement;
import dev.crud.table.Row;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Replaces all values of a passenger.
 */
@Component("putpassenger")
class PutPassenger implements Function<Replacement, Mono<Row>> {

	private final Rows passengers;

	PutPassenger(Rows passengers) {
		this.passengers = passengers;
	}

	@Override
	public Mono<Row> apply(Replacement replacement) {
		return this.passengers.replace(replacement);
	}

}
