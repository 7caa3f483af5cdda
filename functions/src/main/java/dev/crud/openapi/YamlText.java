package dev.crud.openapi;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a document as YAML 1.2 that means the same in YAML 1.1. Texts of several lines
 * stay readable; any other text that could be taken for something else is quoted as in
 * JSON.
 */
final class YamlText {

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z/$](?:[\\w /$.,;()+'=&<>*|-]|:(?=\\S))*(?<! )");

	private static final Pattern WORD = Pattern.compile("(?i)true|false|yes|no|on|off|y|n|null");

	private static final Pattern NAME = Pattern.compile("[A-Za-z/$][\\w/.$-]*");

	/** What needs no quotes inside brackets, where more characters have a meaning. */
	private static final Pattern PLAIN_IN_FLOW = Pattern.compile("[A-Za-z/][\\w /.()+-]*(?<! )");

	/** A text that can be written as a block, each line as it is. */
	private static final Pattern BLOCK = Pattern
		.compile("[^\\s\\p{Cntrl}][^\\p{Cntrl}&&[^\n]]*\n[^\\p{Cntrl}&&[^\n]]*[^\\s\\p{Cntrl}]");

	private final StringBuilder out = new StringBuilder();

	private YamlText() {
	}

	/**
	 * Writes a document.
	 * @param document maps, lists, texts, numbers and booleans
	 * @return its text
	 */
	static String of(Map<String, Object> document) {
		YamlText text = new YamlText();
		text.members(document, "", "");
		return text.out.toString();
	}

	/**
	 * Writes the members of a map, or that it has none.
	 * @param map the map
	 * @param first what to write before the first member
	 * @param indent what to write before all others
	 */
	private void members(Map<?, ?> map, String first, String indent) {
		if (map.isEmpty()) {
			this.out.append(first).append("{}\n");
		}
		String before = first;
		for (Map.Entry<?, ?> member : map.entrySet()) {
			this.out.append(before).append(scalar(member.getKey(), NAME)).append(':');
			value(member.getValue(), indent);
			before = indent;
		}
	}

	private void value(Object value, String indent) {
		if (value instanceof Map<?, ?> map && !map.isEmpty()) {
			this.out.append('\n');
			members(map, indent + "  ", indent + "  ");
		}
		else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
			this.out.append('\n');
			list.forEach((item) -> members((Map<?, ?>) item, indent + "  - ", indent + "    "));
		}
		else if (value instanceof String text && BLOCK.matcher(text).matches()) {
			this.out.append(" |-\n");
			text.lines()
				.forEach((line) -> this.out.append(line.isEmpty() ? "" : indent + "  ").append(line).append('\n'));
		}
		else {
			this.out.append(' ').append(inline(value)).append('\n');
		}
	}

	private static String inline(Object value) {
		if (value instanceof Map<?, ?>) {
			return "{}";
		}
		if (value instanceof List<?> list) {
			return list.stream().map((item) -> scalar(item, PLAIN_IN_FLOW)).collect(Collectors.joining(", ", "[", "]"));
		}
		return scalar(value, PLAIN);
	}

	private static String scalar(Object value, Pattern plain) {
		boolean asIs = value instanceof String text && plain.matcher(text).matches() && !WORD.matcher(text).matches();
		return asIs ? value.toString() : JsonText.scalar(value);
	}

}
