package dev.passengers.database;

import java.util.Objects;
import java.util.UUID;

import dev.passengers.passenger.Details;
import dev.passengers.passenger.Passenger;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Turns rows of the table into passengers and back.
 */
final class Rows {

	private Rows() {
	}

	/**
	 * Reads a row, columns in the order of the table.
	 * @param row the row
	 * @return the passenger
	 */
	static Passenger passenger(Readable row) {
		return new Passenger(get(row, 0, UUID.class), get(row, 1, Long.class),
				new Details(get(row, 2, Boolean.class), get(row, 3, Integer.class), get(row, 4, String.class),
						get(row, 5, String.class), get(row, 6, Double.class), get(row, 7, Integer.class),
						get(row, 8, Integer.class), get(row, 9, Double.class)));
	}

	static GenericExecuteSpec bind(GenericExecuteSpec spec, Details details) {
		return spec.bind("survived", details.survived())
			.bind("passengerClass", details.passengerClass())
			.bind("name", details.name())
			.bind("sex", details.sex())
			.bind("age", details.age())
			.bind("siblings", details.siblingsOrSpousesAboard())
			.bind("parents", details.parentsOrChildrenAboard())
			.bind("fare", details.fare());
	}

	private static <T> T get(Readable row, int index, Class<T> type) {
		return Objects.requireNonNull(row.get(index, type));
	}

}
