package dev.crud;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A passenger in a request, field by field as JSON text, so that a test can break it.
 *
 * @param fields names and JSON values
 */
record Body(Map<String, String> fields) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * A good passenger.
	 * @param name its name
	 * @return the body
	 */
	static Body of(String name) {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("survived", "true");
		fields.put("passengerClass", "2");
		fields.put("name", quote(name));
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

	static String quote(String text) {
		return JSON.writeValueAsString(text);
	}

	static JsonNode parse(String json) {
		return JSON.readTree(json);
	}

	Body with(String field, String json) {
		Map<String, String> changed = new LinkedHashMap<>(this.fields);
		changed.put(field, json);
		return new Body(changed);
	}

	Body without(String field) {
		Map<String, String> changed = new LinkedHashMap<>(this.fields);
		changed.remove(field);
		return new Body(changed);
	}

	/**
	 * Returns the answer to a request with this body, if values are written as answers
	 * write them.
	 * @param uuid the uuid that the server assigned
	 * @return the passenger as JSON
	 */
	String answer(String uuid) {
		return "{\"uuid\":\"" + uuid + "\"," + toString().substring(1);
	}

	@Override
	public String toString() {
		return this.fields.entrySet()
			.stream()
			.map((field) -> quote(field.getKey()) + ":" + field.getValue())
			.collect(Collectors.joining(",", "{", "}"));
	}

}
