package dev.crud.passenger;

import java.util.function.Function;

import dev.crud.database.Rows;
import dev.crud.function.ListQuery;
import dev.crud.function.RowList;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Lists passengers.
 */
@Component("passengerlist")
class PassengerList implements Function<ListQuery, Mono<RowList>> {

	private final Rows passengers;

	PassengerList(Rows passengers) {
		this.passengers = passengers;
	}

	@Override
	public Mono<RowList> apply(ListQuery query) {
		return this.passengers.list(query);
	}

}
