package dev.crud.passenger;

import java.net.http.HttpResponse;

import dev.crud.Body;
import dev.crud.Problem;
import dev.crud.RunningFunctions;
import dev.crud.Shared;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the five functions that use the database, literally as the contract describes
 * them.
 */
class PassengerContractTests {

	private static final String SURVIVOR = "t|2|%s|male|27|0|0|13";

	private final RunningFunctions functions = Shared.FUNCTIONS;

	@Test
	@DisplayName("GET /passengerlist: 200 JSON array of all passengers")
	void passengerlistAnswersAllPassengers() {
		String uuid = Shared.create(Passenger.of(Passenger.uniqueName()));
		HttpResponse<String> response = this.functions.get("/passengerlist");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(response.body()).contains("{\"uuid\":\"" + uuid + "\",");
		assertThat(Body.parse(response.body()).size())
			.isEqualTo(Integer.parseInt(Shared.query("SELECT count(*) FROM passengers").get(0)));
	}

	@Test
	@DisplayName("POST /postpassenger: 201 + Location: /getpassenger/{uuid}, the created passenger")
	void postpassengerCreates() {
		Body body = Passenger.of(Passenger.uniqueName());
		HttpResponse<String> response = this.functions.post(body.toString());
		String uuid = Body.parse(response.body()).get("uuid").asString();
		assertJson(response, 201, body.answer(uuid));
		assertThat(response.headers().firstValue("Location")).contains("/getpassenger/" + uuid);
		assertThat(Passenger.row(uuid)).containsExactly(SURVIVOR.formatted(name(body)));
		assertThat(java.util.UUID.fromString(uuid).version()).as("UUIDv7").isEqualTo(7);
	}

	@Test
	@DisplayName("GET /getpassenger/{uuid}: 200 the passenger")
	void getpassengerAnswersThePassenger() {
		Body body = Passenger.of(Passenger.uniqueName());
		String uuid = Shared.create(body);
		assertJson(this.functions.get("/getpassenger/" + uuid), 200, body.answer(uuid));
	}

	@Test
	@DisplayName("PUT /putpassenger/{uuid}: 200 the passenger as it now is (full replacement)")
	void putpassengerReplacesAllFields() {
		String uuid = Shared.create(Passenger.of(Passenger.uniqueName()));
		Body other = Passenger.of(Passenger.uniqueName())
			.with("survived", "false")
			.with("passengerClass", "3")
			.with("sex", "\"female\"")
			.with("age", "0.42")
			.with("siblingsOrSpousesAboard", "4")
			.with("parentsOrChildrenAboard", "5")
			.with("fare", "7.25");
		assertJson(put(uuid, other), 200, other.answer(uuid));
		assertThat(Passenger.row(uuid)).containsExactly("f|3|" + name(other) + "|female|0.42|4|5|7.25");
		assertJson(this.functions.get("/getpassenger/" + uuid), 200, other.answer(uuid));
	}

	@Test
	@DisplayName("DELETE /deletepassenger/{uuid}: 204, no body; a second time 404")
	void deletepassengerDeletes() {
		String uuid = Shared.create(Passenger.of(Passenger.uniqueName()));
		HttpResponse<String> response = this.functions.send("DELETE", "/deletepassenger/" + uuid, null);
		assertThat(response.statusCode()).isEqualTo(204);
		assertThat(response.body()).isEmpty();
		assertThat(Passenger.row(uuid)).isEmpty();
		Problem.assertProblem(this.functions.send("DELETE", "/deletepassenger/" + uuid, null), 404);
	}

	private HttpResponse<String> put(String uuid, Body body) {
		return this.functions.send("PUT", "/putpassenger/" + uuid, body.toString(), "Content-Type", "application/json");
	}

	private static String name(Body body) {
		return Body.parse(body.toString()).get("name").asString();
	}

	private static void assertJson(HttpResponse<String> response, int status, String body) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(response.body()).isEqualTo(body);
	}

}
