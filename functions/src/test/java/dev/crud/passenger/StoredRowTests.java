package dev.crud.passenger;

import java.net.http.HttpResponse;
import java.util.UUID;

import dev.crud.LocalPostgres;
import dev.crud.Shared;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.data.r2dbc.repository.support.R2dbcRepositoryFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the functions store, reading it with another library than the one that they
 * write with.
 */
class StoredRowTests {

	private final PassengerRow.Repository rows = repository();

	private static PassengerRow.Repository repository() {
		ConnectionFactory connections = ConnectionFactories
			.get(ConnectionFactoryOptions.parse(Shared.POSTGRES.r2dbcUrl())
				.mutate()
				.option(ConnectionFactoryOptions.USER, "passengerfunctions")
				.option(ConnectionFactoryOptions.PASSWORD, LocalPostgres.PASSWORD)
				.build());
		return new R2dbcRepositoryFactory(new R2dbcEntityTemplate(connections))
			.getRepository(PassengerRow.Repository.class);
	}

	@Test
	@DisplayName("what was stored is what was sent, field by field, through create, replace and delete")
	void rowIsWhatWasSent() {
		String name = Passenger.uniqueName();
		String target = create(name, "27.25");
		UUID uuid = UUID.fromString(target);
		assertThat(this.rows.findById(uuid).block())
			.isEqualTo(new PassengerRow(uuid, 1, true, 2, name, "female", 27.25, 3, 4, 71.2833));
		HttpResponse<String> replaced = Shared.FUNCTIONS.send("PUT", "/putpassenger/" + uuid, body(name, "0.42"),
				"Content-Type", "application/json");
		assertThat(replaced.statusCode()).isEqualTo(200);
		assertThat(this.rows.findByNameOrderByUuid(name).collectList().block())
			.containsExactly(new PassengerRow(uuid, 2, true, 2, name, "female", 0.42, 3, 4, 71.2833));
		assertThat(Shared.FUNCTIONS.send("DELETE", "/deletepassenger/" + uuid, null).statusCode()).isEqualTo(204);
		assertThat(this.rows.existsById(uuid).block()).isFalse();
	}

	private static String create(String name, String age) {
		HttpResponse<String> created = Shared.FUNCTIONS.post(body(name, age));
		assertThat(created.statusCode()).isEqualTo(201);
		return created.headers().firstValue("Location").orElseThrow().substring("/getpassenger/".length());
	}

	private static String body(String name, String age) {
		return """
				{"survived":true,"passengerClass":2,"name":"%s","sex":"female","age":%s,\
				"siblingsOrSpousesAboard":3,"parentsOrChildrenAboard":4,"fare":71.2833}""".formatted(name, age);
	}

}
