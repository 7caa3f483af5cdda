package dev.crud.edge;

import java.util.Map;

import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes the few small JSON texts of the edge.
 */
final class Json {

	private Json() {
	}

	static StringBuilder quote(String text, StringBuilder json) {
		json.append('"');
		JsonStringEncoder.getInstance().quoteAsString(text, json);
		return json.append('"');
	}

	static String object(Map<String, String> members) {
		StringBuilder json = new StringBuilder("{");
		members.forEach((name, value) -> quote(value, quote(name, json).append(':')).append(','));
		json.setCharAt(json.length() - 1, '}');
		return json.toString();
	}

}
