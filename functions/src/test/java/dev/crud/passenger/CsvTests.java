package dev.crud.passenger;

import java.net.http.HttpResponse;
import java.util.List;

import dev.crud.Problem;
import dev.crud.Shared;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests uploads of many passengers as CSV.
 */
class CsvTests {

	private static final String HEADER = "survived,passengerClass,name,sex,age,siblingsOrSpousesAboard,"
			+ "parentsOrChildrenAboard,fare";

	private static final String TITANIC = "Survived,Pclass,Name,Sex,Age,Siblings_Spouses_Aboard,"
			+ "Parents_Children_Aboard,Fare";

	private final String name = Passenger.uniqueName();

	@Test
	@DisplayName("the CSV header may use the field names")
	void fieldNamesAreAHeader() {
		assertInserted(post(HEADER + "\ntrue,2,NAME,male,27.0,1,2,13.5\nfalse,3,NAME b,female,0.42,0,0,0\n"),
				"t|2|NAME|male|27|1|2|13.5", "f|3|NAME b|female|0.42|0|0|0");
	}

	@Test
	@DisplayName("or the usual Titanic one, with 0/1 for survived")
	void titanicNamesAreAHeader() {
		assertInserted(
				post(TITANIC
						+ "\n0,3,NAME Braund,male,22,1,0,7.25\n1,1,\"NAME, Mrs. \"\"Flo\"\"\",female,38,1,0,71.2833\n"),
				"f|3|NAME Braund|male|22|1|0|7.25", "t|1|NAME, Mrs. \"Flo\"|female|38|1|0|71.2833");
	}

	@Test
	@DisplayName("in any column order")
	void columnsMayBeInAnyOrder() {
		assertInserted(post("""
				fare,name,age,sex,parentsOrChildrenAboard,survived,siblingsOrSpousesAboard,passengerClass
				13.5,NAME,27,male,2,true,1,2
				"""), "t|2|NAME|male|27|1|2|13.5");
		HttpResponse<String> titanic = post("""
				Fare,Name,Age,Sex,Parents_Children_Aboard,Survived,Siblings_Spouses_Aboard,Pclass
				13.5,NAME b,27,male,2,0,1,2
				""");
		assertThat(titanic.body()).isEqualTo("{\"inserted\":1}");
		assertThat(rows()).contains("f|2|" + this.name + " b|male|27|1|2|13.5").hasSize(2);
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "LF", "CRLF", "no last line break", "byte order mark", "text/csv; charset=utf-8",
			"quoted everywhere", "text/csv; header=present" })
	void csvIsReadAsRfc4180WritesIt(String what) {
		String csv = HEADER + "\ntrue,2,NAME,male,27.0,1,2,13.5\n";
		String sent = switch (what) {
			case "CRLF" -> csv.replace("\n", "\r\n");
			case "no last line break" -> csv.substring(0, csv.length() - 1);
			case "byte order mark" -> "\uFEFF" + csv;
			case "quoted everywhere" -> "\"" + csv.strip().replace(",", "\",\"").replace("\n", "\"\n\"") + "\"\n";
			default -> csv;
		};
		assertInserted(post(sent, what.startsWith("text/csv") ? what : "text/csv"), "t|2|NAME|male|27|1|2|13.5");
	}

	@ParameterizedTest(name = "{1}")
	@CsvSource({ "'\"NAME, Mr.\"','NAME, Mr.'", "'\"NAME \"\"x\"\"\"',NAME \"x\"", "'\"NAME\nline\"','NAME\nline'",
			"'\"NAME\r\nline\"','NAME\r\nline'", "'\"NAME\n\n,\n\"\"\"','NAME\n\n,\n\"'", "' NAME ',' NAME '",
			"NAME 🚢 É,NAME 🚢 É", "NAME'x,NAME'x" })
	@DisplayName("quoted values, with commas, quotes and line breaks in them")
	void valuesComeBackAsTheyWere(String sent, String stored) {
		assertThat(post(HEADER + "\r\ntrue,2," + sent + ",male,27.0,1,2,13.5\r\n").body())
			.isEqualTo("{\"inserted\":1}");
		assertThat(Shared.query("SELECT name FROM passengers WHERE strpos(name, ?) > 0", this.name))
			.containsExactly(stored.replace("NAME", this.name));
	}

	@Test
	@DisplayName("each bad row with its line number, also behind quoted line breaks")
	void badRowsAreToldByTheirLines() {
		assertErrors(post(HEADER + "\n" + """
				true,2,"NAME
				second line",male,27,0,0,13
				true,4,NAME,male,-1,0,0,13

				true,2,"NAME


				x",male,27,0,0,x
				true,2,NAME,male,27,0,0
				true,2,NAME,male,27,0,0,13,14
				1,2,NAME,male,27,0,0,13
				true,2,"NAME" x,male,27,0,0,13
				true,2,NA"ME,male,27,0,0,13"
				true,2,NAME,male,,0,0,13
				true,2,NAME,male,27,0.5,0,13
				true,2,,male,27,0,0,13
				"""), "4/age", "4/passengerClass", "6/fare", "10", "11", "12/survived", "13", "14", "15/age",
				"16/siblingsOrSpousesAboard", "17/name");
	}

	@Test
	void quoteThatIsNeverClosedIsRefused() {
		assertErrors(post(HEADER + "\ntrue,2,NAME,male,27,0,0,13\ntrue,2,\"NAME,male,27,0,0,13\n"), "3");
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "',fare','',1/fare", "fare,cost,1/cost 1/fare", "name,age,1/age 1/name", "fare,'fare,fare',1/fare",
			"fare,'fare,uuid',1/uuid", "fare,'fare,Fare',1/fare", "fare,' fare',1/ fare 1/fare",
			"fare,FARE,1/FARE 1/fare", "fare,'fare,',1/" })
	@DisplayName("missing, unknown and duplicate columns are told of line 1")
	void badHeaderIsRefused(String column, String replacement, String errors) {
		String header = HEADER.replace(column, replacement);
		assertErrors(post(header + "\ntrue,2,NAME,male,27,0,0,13\n"), errors.split(" (?=1)", -1));
	}

	@ParameterizedTest(name = "[{0}]")
	@ValueSource(strings = { "", "\n", "\r\n\r\n", "\uFEFF" })
	void noHeaderIsRefused(String csv) {
		Problem.assertProblem(post(csv), 400);
	}

	@Test
	void headerAloneInsertsNothing() {
		assertInserted(post(HEADER + "\n"));
	}

	@Test
	@DisplayName("survived is 0 or 1 under the Titanic header, true or false under the field name")
	void truthIsWrittenAsTheHeaderSays() {
		assertErrors(post(TITANIC + "\ntrue,2,NAME,male,27,0,0,13\n2,2,NAME,male,27,0,0,13\n"), "2/survived",
				"3/survived");
		assertErrors(post(HEADER + "\n1,2,NAME,male,27,0,0,13\nTRUE,2,NAME,male,27,0,0,13\n"), "2/survived",
				"3/survived");
	}

	@Test
	@DisplayName("the first 100 bad rows, and nothing inserted")
	void first100BadRowsAreTold() {
		JsonNode errors = Problem
			.assertProblem(post(HEADER + "\n" + "true,2,NAME,male,27,0,0,13\ntrue,2,NAME,male,x,0,0,13\n".repeat(1500)),
					400)
			.get("errors");
		assertThat(errors.size()).isEqualTo(100);
		assertThat(errors.get(0).get("line").asInt()).isEqualTo(3);
		assertThat(errors.get(99).get("line").asInt()).isEqualTo(201);
		assertThat(rows()).isEmpty();
	}

	@Test
	void rowOfMoreThan64KibibytesIsRefusedByItsLine() {
		HttpResponse<String> response = post(HEADER + "\ntrue,2,NAME,male,27,0,0,13\ntrue,2,NAME" + "x".repeat(70_000)
				+ ",male,27,0,0,13\ntrue,2,NAME,male,27,0,0,13\ntrue,9,NAME,male,27,0,0,13\n");
		assertErrors(response, "3", "5/passengerClass");
	}

	@Test
	void thousandsOfRowsAreInserted() {
		HttpResponse<String> response = post(TITANIC + "\n" + "1,1,NAME,female,38,1,0,71.2833\r\n".repeat(3500));
		assertThat(response.body()).isEqualTo("{\"inserted\":3500}");
		assertThat(Passenger.count(this.name)).isEqualTo(3500);
	}

	private HttpResponse<String> post(String csv) {
		return post(csv, "text/csv");
	}

	private HttpResponse<String> post(String csv, String type) {
		return Shared.FUNCTIONS.send("POST", "/postpassenger", csv.replace("NAME", this.name), "Content-Type", type);
	}

	private List<String> rows() {
		return Shared.query("""
				SELECT concat_ws('|', survived, passenger_class, name, sex, age,
				       siblings_or_spouses_aboard, parents_or_children_aboard, fare)
				FROM passengers WHERE strpos(name, ?) > 0 ORDER BY uuid
				""", this.name);
	}

	private void assertInserted(HttpResponse<String> response, String... rows) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
		assertThat(response.body()).isEqualTo("{\"inserted\":" + rows.length + "}");
		assertThat(rows()).isEqualTo(List.of(rows).stream().map((row) -> row.replace("NAME", this.name)).toList());
	}

	private void assertErrors(HttpResponse<String> response, String... errors) {
		Problem.assertProblem(response, 400);
		assertErrors(response.body(), errors);
	}

	private void assertErrors(String problem, String... errors) {
		assertThat(Problem.assertProblem(problem, 400)
			.get("errors")
			.values()
			.stream()
			.map((error) -> error.get("line").asInt() + error.get("pointer").asString()))
			.containsExactlyInAnyOrder(errors);
		assertThat(rows()).isEmpty();
	}

}
