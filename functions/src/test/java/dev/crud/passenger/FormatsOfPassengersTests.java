package dev.crud.passenger;

import java.net.http.HttpResponse;
import java.util.List;

import dev.crud.Body;
import dev.crud.Shared;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the formats of a filtered list of passengers byte for byte, also with names that
 * need quotes or escapes.
 */
class FormatsOfPassengersTests {

	private static final String CSV_HEADER = "uuid,survived,passengerClass,name,sex,age,siblingsOrSpousesAboard,"
			+ "parentsOrChildrenAboard,fare\r\n";

	private final String name = Passenger.uniqueName();

	private final String first = Shared.create(Passenger.of(this.name));

	private final String second = Shared.create(Passenger.of(this.name));

	@Test
	void jsonIsAnArray() {
		assertList("application/json", "[" + answer(this.first) + "," + answer(this.second) + "]", "[]");
	}

	@Test
	@DisplayName("Accept: application/x-ndjson streams one object a line")
	void ndjsonIsOneObjectALine() {
		assertList("application/x-ndjson", answer(this.first) + "\n" + answer(this.second) + "\n", "");
	}

	@Test
	@DisplayName("Accept: text/csv: a CSV with a header")
	void csvHasAHeader() {
		String row = ",true,2," + this.name + ",male,27.0,0,0,13.0\r\n";
		assertList("text/csv", CSV_HEADER + this.first + row + this.second + row, CSV_HEADER);
	}

	@Test
	@DisplayName("Accept: text/event-stream: one event a row")
	void eventStreamIsOneEventARow() {
		assertList("text/event-stream", "data:" + answer(this.first) + "\n\ndata:" + answer(this.second) + "\n\n", "");
	}

	private void assertList(String type, String body, String empty) {
		for (String page : List.of("", "&limit=2", "&sort=name")) {
			assertBody(get(this.name + page, type), type, body);
			assertBody(get(this.name + "none" + page, type), type, empty);
		}
	}

	private static void assertBody(HttpResponse<String> response, String type, String body) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
		assertThat(response.body()).isEqualTo(body);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "'Braund, Mr. Owen','\"T#Braund, Mr. Owen\"'", "Rosalie \"Rose\",'\"T#Rosalie \"\"Rose\"\"\"'",
			"'\"','\"T#\"\"\"'", "plain,T#plain", "' space ','T# space '", "O'Leary,T#O'Leary", "=1+1,T#=1+1",
			"Émile 🚢,T#Émile 🚢" })
	@DisplayName("CSV quotes as RFC 4180 does")
	void csvQuotesWhereItMust(String value, String quoted) {
		String uuid = Shared.create(Passenger.of(this.name + "#" + value));
		assertBody(get(this.name + "%23", "text/csv"), "text/csv",
				CSV_HEADER + uuid + ",true,2," + quoted.replace("T#", this.name + "#") + ",male,27.0,0,0,13.0\r\n");
	}

	@ParameterizedTest(name = "line break {0}")
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void csvQuotesLineBreaksAndOtherFormatsEscapeThem(String lineBreak) {
		Body body = Passenger.of(this.name + "#a" + lineBreak + "b");
		String uuid = Shared.create(body);
		String query = this.name + "%23";
		assertBody(get(query, "text/csv"), "text/csv",
				CSV_HEADER + uuid + ",true,2,\"" + this.name + "#a" + lineBreak + "b\",male,27.0,0,0,13.0\r\n");
		assertBody(get(query, "application/x-ndjson"), "application/x-ndjson", body.answer(uuid) + "\n");
		assertBody(get(query, "text/event-stream"), "text/event-stream", "data:" + body.answer(uuid) + "\n\n");
	}

	private static HttpResponse<String> get(String name, String accept) {
		return Shared.FUNCTIONS.get("/passengerlist?name=" + name, "Accept", accept);
	}

	private String answer(String uuid) {
		return Passenger.of(this.name).answer(uuid);
	}

}
