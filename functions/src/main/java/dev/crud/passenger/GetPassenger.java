package dev.crud.passenger;

import java.util.UUID;
import java.util.function.Function;

import dev.crud.database.Rows;
import dev.crud.table.Row;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Finds one passenger; the result is empty when there is none.
 */
@Component("getpassenger")
class GetPassenger implements Function<UUID, Mono<Row>> {

	private final Rows passengers;

	GetPassenger(Rows passengers) {
		this.passengers = passengers;
	}

	@Override
	public Mono<Row> apply(UUID key) {
		return this.passengers.find(key);
	}

}
