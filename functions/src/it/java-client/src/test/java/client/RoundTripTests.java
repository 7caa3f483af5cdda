package client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.Map;
import java.util.UUID;

import client.api.ConstantsApi;
import client.api.ContractApi;
import client.api.PassengersApi;
import client.model.Passenger;
import client.model.PassengerValues;
import client.model.Postpassenger201Response;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/**
 * Takes a row through its life with the generated client, at the address that the property {@code functions} gives. The row
 * is the document's example, so no column is named here.
 */
class RoundTripTests {

	private final ApiClient client = client(URI.create(System.getProperty("functions")));

	private final PassengersApi passengers = new PassengersApi(this.client);

	@Test
	void constantsAnswer() throws ApiException {
		assertEquals(Map.of("message", "ok"), new ConstantsApi(this.client).hello());
	}

	@Test
	void aRowIsCreatedReadReplacedAndDeleted() throws Exception {
		PassengerValues values = example();
		String key = UUID.randomUUID().toString();
		ApiResponse<Postpassenger201Response> created = this.passengers.postpassengerWithHttpInfo(values, key);
		assertEquals(201, created.getStatusCode());
		Passenger passenger = created.getData().getPassenger();
		UUID uuid = passenger.getUuid();
		assertEquals("/getpassenger/" + uuid, header(created, "Location"));

		assertEquals(passenger, this.passengers.postpassenger(values, key).getPassenger(), "the same key, the same row");

		String etag = header(created, "ETag");
		assertEquals(passenger, this.passengers.getpassenger(uuid, null));
		assertStatus(304, () -> this.passengers.getpassenger(uuid, etag));

		ApiResponse<Passenger> replaced = this.passengers.putpassengerWithHttpInfo(uuid, values, etag);
		assertEquals(passenger, replaced.getData());
		assertNotEquals(etag, header(replaced, "ETag"));
		assertStatus(412, () -> this.passengers.putpassenger(uuid, values, etag));
		assertStatus(412, () -> this.passengers.deletepassenger(uuid, etag));

		this.passengers.deletepassenger(uuid, header(replaced, "ETag"));
		assertStatus(404, () -> this.passengers.getpassenger(uuid, null));
	}

	private PassengerValues example() throws Exception {
		JsonNode document = ApiClient.createDefaultObjectMapper().valueToTree(new ContractApi(this.client).openapiJson());
		JsonNode body = document.at("/paths/~1postpassenger/post/requestBody/content/application~1json");
		return ApiClient.createDefaultObjectMapper().treeToValue(body.get("example"), PassengerValues.class);
	}

	private static ApiClient client(URI functions) {
		ApiClient client = new ApiClient();
		client.updateBaseUri(functions.toString());
		return client;
	}

	private static String header(ApiResponse<?> response, String name) {
		return response.getHeaders().entrySet().stream()
			.filter((header) -> header.getKey().equalsIgnoreCase(name))
			.findFirst().orElseThrow().getValue().get(0);
	}

	private static void assertStatus(int status, org.junit.jupiter.api.function.Executable call) {
		assertEquals(status, assertThrows(ApiException.class, call).getCode());
	}

}
