package dev.crud.openapi;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes a document as JSON (RFC 8259), for programs: without spaces.
 */
final class JsonText {

	private JsonText() {
	}

	/**
	 * Writes a document.
	 * @param node a map, list, text, number or boolean
	 * @return its text
	 */
	static String of(Object node) {
		if (node instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.map((member) -> scalar(member.getKey()) + ":" + of(member.getValue()))
				.collect(Collectors.joining(",", "{", "}"));
		}
		if (node instanceof List<?> list) {
			return list.stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
		}
		return scalar(node);
	}

	static String scalar(Object value) {
		if (value instanceof BigDecimal number) {
			return number.toPlainString();
		}
		if (value instanceof Boolean || value instanceof Number) {
			return value.toString();
		}
		return "\"" + new String(JsonStringEncoder.getInstance().quoteAsCharArray(value.toString())) + "\"";
	}

}
