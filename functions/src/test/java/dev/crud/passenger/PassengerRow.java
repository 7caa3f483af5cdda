package dev.crud.passenger;

import java.util.UUID;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.reactive.ReactiveCrudRepository;

import reactor.core.publisher.Flux;

/**
 * A row of the table as Spring Data R2DBC reads it.
 */
@Table("passengers")
record PassengerRow(@Id UUID uuid, long version, boolean survived, int passengerClass, String name, String sex,
		double age, int siblingsOrSpousesAboard, int parentsOrChildrenAboard, double fare) {

	/** Reads rows directly, without the functions. */
	interface Repository extends ReactiveCrudRepository<PassengerRow, UUID> {

		Flux<PassengerRow> findByNameOrderByUuid(String name);

	}

}
