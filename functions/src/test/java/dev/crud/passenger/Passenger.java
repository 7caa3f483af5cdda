package dev.crud.passenger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.crud.Body;
import dev.crud.Shared;

/**
 * Makes passengers for requests, and reads stored ones.
 */
final class Passenger {

	private Passenger() {
	}

	/**
	 * Returns a valid passenger.
	 * @param name the passenger's name
	 * @return the body
	 */
	static Body of(String name) {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("survived", "true");
		fields.put("passengerClass", "2");
		fields.put("name", Body.quote(name));
		fields.put("sex", "\"male\"");
		fields.put("age", "27.0");
		fields.put("siblingsOrSpousesAboard", "0");
		fields.put("parentsOrChildrenAboard", "0");
		fields.put("fare", "13.0");
		return new Body(fields);
	}

	/**
	 * Returns a name that no other test uses.
	 * @return letters and digits
	 */
	static String uniqueName() {
		return "T" + UUID.randomUUID().toString().replace("-", "");
	}

	/**
	 * Returns the row of a passenger.
	 * @param uuid the key of the row
	 * @return its fields in the order of the contract, as one text with bars between
	 * them; empty when there is no such row
	 */
	static List<String> row(String uuid) {
		return Shared.query("""
				SELECT concat_ws('|', survived, passenger_class, name, sex, age,
				       siblings_or_spouses_aboard, parents_or_children_aboard, fare)
				FROM passengers WHERE uuid = ?::uuid
				""", uuid);
	}

	/**
	 * Counts the passengers whose name starts with a prefix.
	 * @param prefix the start of the name
	 * @return how many there are
	 */
	static int count(String prefix) {
		return Integer
			.parseInt(Shared.query("SELECT count(*) FROM passengers WHERE starts_with(name, ?)", prefix).get(0));
	}

}
