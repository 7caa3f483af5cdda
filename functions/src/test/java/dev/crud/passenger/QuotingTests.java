package dev.crud.passenger;

import java.net.http.HttpResponse;

import dev.crud.Body;
import dev.crud.Shared;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests names with commas, quotes and line breaks in the formats of a list.
 */
class QuotingTests {

	private static final String CSV_HEADER = "uuid,survived,passengerClass,name,sex,age,siblingsOrSpousesAboard,"
			+ "parentsOrChildrenAboard,fare\r\n";

	private final String name = Passenger.uniqueName();

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "'Braund, Mr. Owen','\"T#Braund, Mr. Owen\"'", "Rosalie \"Rose\",'\"T#Rosalie \"\"Rose\"\"\"'",
			"'\"','\"T#\"\"\"'", "plain,T#plain", "' space ','T# space '", "O'Leary,T#O'Leary", "=1+1,T#=1+1",
			"Émile 🚢,T#Émile 🚢" })
	@DisplayName("CSV quotes as RFC 4180 does")
	void csvQuotesWhereItMust(String value, String quoted) {
		String uuid = Shared.create(Passenger.of(this.name + "#" + value));
		assertBody(get("?name=" + this.name + "%23", "text/csv"), "text/csv",
				CSV_HEADER + uuid + ",true,2," + quoted.replace("T#", this.name + "#") + ",male,27.0,0,0,13.0\r\n");
	}

	@ParameterizedTest(name = "line break {0}")
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void csvQuotesLineBreaksAndOtherFormatsEscapeThem(String lineBreak) {
		Body body = Passenger.of(this.name + "#a" + lineBreak + "b");
		String uuid = Shared.create(body);
		String query = "?name=" + this.name + "%23";
		assertBody(get(query, "text/csv"), "text/csv",
				CSV_HEADER + uuid + ",true,2,\"" + this.name + "#a" + lineBreak + "b\",male,27.0,0,0,13.0\r\n");
		assertBody(get(query, "application/x-ndjson"), "application/x-ndjson", body.answer(uuid) + "\n");
		assertBody(get(query, "text/event-stream"), "text/event-stream", "data:" + body.answer(uuid) + "\n\n");
	}

	private static void assertBody(HttpResponse<String> response, String type, String body) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
		assertThat(response.body()).isEqualTo(body);
	}

	private static HttpResponse<String> get(String query, String accept) {
		return Shared.FUNCTIONS.get("/passengerlist" + query, "Accept", accept);
	}

}
