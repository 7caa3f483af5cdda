package dev.crud.passenger;

import java.net.http.HttpResponse;
import java.util.List;

import dev.crud.Body;
import dev.crud.Problem;
import dev.crud.RunningFunctions;
import dev.crud.Shared;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which values each field of a passenger accepts, with POST and with PUT.
 */
class PassengerRulesTests {

	private final RunningFunctions functions = Shared.FUNCTIONS;

	@ParameterizedTest(name = "{0}: {1} is allowed")
	@CsvSource({ "survived,true,true,survived,t", "survived,false,false,survived,f",
			"passengerClass,1,1,passenger_class,1", "passengerClass,2,2,passenger_class,2",
			"passengerClass,3,3,passenger_class,3", "passengerClass,2.0,2,passenger_class,2",
			"passengerClass,0.2e1,2,passenger_class,2", "passengerClass,30E-1,3,passenger_class,3",
			"sex,'\"male\"','\"male\"',sex,male", "sex,'\"female\"','\"female\"',sex,female", "age,0,0.0,age,0",
			"age,150,150.0,age,150", "age,150.000,150.0,age,150", "age,0.42,0.42,age,0.42", "age,-0,0.0,age,0",
			"age,1e2,100.0,age,100", "age,29.8811345124283,29.8811345124283,age,29.8811345124283",
			"siblingsOrSpousesAboard,0,0,siblings_or_spouses_aboard,0",
			"siblingsOrSpousesAboard,100,100,siblings_or_spouses_aboard,100",
			"siblingsOrSpousesAboard,1e2,100,siblings_or_spouses_aboard,100",
			"parentsOrChildrenAboard,0,0,parents_or_children_aboard,0",
			"parentsOrChildrenAboard,100,100,parents_or_children_aboard,100", "fare,0,0.0,fare,0",
			"fare,1000000,1000000.0,fare,1000000", "fare,512.3292,512.3292,fare,512.3292",
			"fare,999999.9999999999,999999.9999999999,fare,999999.9999999999", "fare,0.1,0.1,fare,0.1" })
	void allowedValueIsStoredAndComesBack(String field, String value, String back, String column, String stored) {
		Body body = Passenger.of(Passenger.uniqueName());
		HttpResponse<String> created = this.functions.post(body.with(field, value).toString());
		assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
		String uuid = Body.parse(created.body()).get("uuid").asString();
		assertNumbersEqual(created.body(), field, back);
		assertThat(stored(uuid, column)).isEqualTo(stored);

		String other = Shared.create(body);
		HttpResponse<String> replaced = put(other, body.with(field, value).toString());
		assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(200);
		assertNumbersEqual(replaced.body(), field, back);
		assertThat(stored(other, column)).isEqualTo(stored);
		assertThat(this.functions.get("/getpassenger/" + uuid).body()).isEqualTo(created.body());
	}

	private static void assertNumbersEqual(String json, String field, String value) {
		if (Body.parse(value).isNumber()) {
			assertThat(Body.parse(json).get(field).decimalValue()).isEqualByComparingTo(value);
		}
		else {
			assertThat(Body.parse(json).get(field)).isEqualTo(Body.parse(value));
		}
	}

	private static String stored(String uuid, String column) {
		return Shared.query("SELECT concat(" + column + ") FROM passengers WHERE uuid = ?::uuid", uuid).get(0);
	}

	@ParameterizedTest(name = "{0}: {1} is refused")
	@CsvSource({ "survived,null", "survived,1", "survived,0", "survived,'\"true\"'", "survived,'\"\"'", "survived,[]",
			"survived,{}", "survived,[true]", "passengerClass,null", "passengerClass,0", "passengerClass,4",
			"passengerClass,-1", "passengerClass,2.7", "passengerClass,1.5", "passengerClass,'\"2\"'",
			"passengerClass,true", "passengerClass,[2]", "passengerClass,65537", "passengerClass,4294967297",
			"passengerClass,18446744073709551617", "passengerClass,1e400", "passengerClass,2.0000000000000000000001",
			"name,null", "name,1", "name,true", "name,[]", "name,{}", "name,'\"\"'", "name,'\" \"'",
			"name,'\" \\t\\n \"'", "name,'\"\\u00a0\\u2003\\u3000\"'", "name,'\"\\u0000\"'", "name,'\"a\\u0000b\"'",
			"name,'\"\\ud800\"'", "name,'\"\\udc00x\"'", "name,'\"\\udc00\\ud800\"'", "sex,null", "sex,'\"Male\"'",
			"sex,'\"FEMALE\"'", "sex,'\"m\"'", "sex,'\"other\"'", "sex,'\"\"'", "sex,'\" male\"'", "sex,'\"male \"'",
			"sex,true", "sex,1", "sex,'[\"male\"]'", "age,null", "age,-1", "age,-0.1", "age,-1e-300", "age,150.1",
			"age,151", "age,150.00000000000001", "age,150.000000000000000000001", "age,1e400", "age,1e99999999999",
			"age,'\"27\"'", "age,'\"NaN\"'", "age,'\"\"'", "age,true", "age,[27]", "age,{}",
			"siblingsOrSpousesAboard,null", "siblingsOrSpousesAboard,-1", "siblingsOrSpousesAboard,101",
			"siblingsOrSpousesAboard,0.5", "siblingsOrSpousesAboard,'\"0\"'", "siblingsOrSpousesAboard,false",
			"parentsOrChildrenAboard,null", "parentsOrChildrenAboard,-1", "parentsOrChildrenAboard,101",
			"parentsOrChildrenAboard,0.5", "parentsOrChildrenAboard,'\"0\"'", "parentsOrChildrenAboard,false",
			"fare,null", "fare,-1", "fare,-0.01", "fare,1000001", "fare,1000000.01", "fare,1e7", "fare,'\"13\"'",
			"fare,'\"Infinity\"'", "fare,true", "fare,[]" })
	void refusedValueIsToldByItsPointer(String field, String value) {
		assertRefused(Passenger.of(Passenger.uniqueName()).with(field, value), "/" + field);
	}

	@ParameterizedTest(name = "age: {0} is not JSON")
	@ValueSource(strings = { "NaN", "Infinity", "-Infinity", "+27", "027", "27.", ".5", "0x1B", "27f", "2_7", "1e",
			"True", "'27'", "" })
	void numberThatIsNotJsonIsRefused(String value) {
		String name = Passenger.uniqueName();
		Problem.assertProblem(this.functions.post(Passenger.of(name).with("age", value).toString()), 400);
		assertThat(Passenger.count(name)).isZero();
	}

	@ParameterizedTest(name = "{0} is required")
	@ValueSource(strings = { "survived", "passengerClass", "name", "sex", "age", "siblingsOrSpousesAboard",
			"parentsOrChildrenAboard", "fare" })
	void everyFieldIsRequired(String field) {
		assertRefused(Passenger.of(Passenger.uniqueName()).without(field), "/" + field);
	}

	@ParameterizedTest(name = "{0} is not a field")
	@CsvSource({ "version,/version", "Name,/Name", "id,/id", "'',/", "a/b,/a~1b", "m~n,/m~0n", "__proto__,/__proto__" })
	void unknownFieldIsRefused(String field, String pointer) {
		assertRefused(Passenger.of(Passenger.uniqueName()).with(field, "{\"a\":[1,{\"b\":null}]}"), pointer);
	}

	@Test
	@DisplayName("all bad fields at once, not the first only")
	void allBadFieldsAreToldAtOnce() {
		assertRefused(
				new Body(java.util.Map.of("survived", "1", "passengerClass", "4", "name", "\"\"", "sex", "\"x\"", "age",
						"151", "siblingsOrSpousesAboard", "-1", "parentsOrChildrenAboard", "null", "extra", "0")),
				"/age", "/extra", "/fare", "/name", "/parentsOrChildrenAboard", "/passengerClass", "/sex",
				"/siblingsOrSpousesAboard", "/survived");
	}

	@Test
	@DisplayName("an empty object lacks all eight fields")
	void emptyObjectLacksEveryField() {
		assertRefused(new Body(java.util.Map.of()), "/age", "/fare", "/name", "/parentsOrChildrenAboard",
				"/passengerClass", "/sex", "/siblingsOrSpousesAboard", "/survived");
	}

	@Test
	@DisplayName("{\"pointer\":\"/age\",\"detail\":\"must be between 0 and 150\"}")
	void ageOutOfRangeIsToldInTheWordsOfTheContract() {
		assertThat(this.functions.post(Passenger.of(Passenger.uniqueName()).with("age", "151").toString()).body())
			.contains("\"errors\":[{\"pointer\":\"/age\",\"detail\":\"must be between 0 and 150\"}]");
	}

	private void assertRefused(Body body, String... pointers) {
		int before = Passenger.count("");
		assertThat(Problem.pointers(Problem.assertProblem(this.functions.post(body.toString()), 400)))
			.containsExactlyInAnyOrder(pointers);
		assertThat(Passenger.count("")).isEqualTo(before);

		String uuid = Shared.create(Passenger.of("Before"));
		assertThat(Problem.pointers(Problem.assertProblem(put(uuid, body.toString()), 400)))
			.containsExactlyInAnyOrder(pointers);
		assertThat(Passenger.row(uuid)).isEqualTo(List.of("t|2|Before|male|27|0|0|13"));
	}

	private HttpResponse<String> put(String uuid, String body) {
		return this.functions.send("PUT", "/putpassenger/" + uuid, body, "Content-Type", "application/json");
	}

}
