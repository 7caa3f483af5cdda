package dev.crud.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the edges of texts, choices and UUIDs.
 */
final class TextEdges {

	/** The longest text to try, because a body has at most 64 KiB. */
	private static final int LONGEST = 10_000;

	private TextEdges() {
	}

	static Edges of(TextType type) {
		int min = type.min;
		int max = type.max;
		// In the order of code points; compared char by char, the ship would come before
		// U+FFFD.
		List<String> values = Stream.of("'", "B", "Z", "a", "z", "\u00C9", "\u00E9", "\uFFFD", "\uD83D\uDEA2")
			.map((first) -> first + "x".repeat(min - 1))
			.toList();
		Map<String, String> spellings = new LinkedHashMap<>();
		spellings.put("\"\\u0041" + "b".repeat(min - 1) + '"', "A" + "b".repeat(min - 1));
		if (max <= LONGEST) {
			spellings.put('"' + "\uD83D\uDEA2".repeat(max) + '"', "\uD83D\uDEA2".repeat(max));
		}
		return new Edges(values, spellings, refused(min, max), List.of(" ", "\u0000", "a\u0000b"));
	}

	private static List<String> refused(int min, int max) {
		List<String> refused = new ArrayList<>(List.of("1", "true", "\"\"", "\" \"", "\" \\t\\n \"",
				"\"\\u00a0\\u2003\\u3000\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00x\"",
				"\"\\udc00\\ud800\"", '"' + " ".repeat(min) + '"'));
		if (max <= LONGEST) {
			refused.add('"' + "a".repeat(max + 1) + '"');
			refused.add('"' + "\uD83D\uDEA2".repeat(max + 1) + '"');
		}
		if (min > 1) {
			refused.add('"' + "\uD83D\uDEA2".repeat(min - 1) + '"');
		}
		return refused;
	}

	static Edges of(OneOfType type) {
		List<String> values = type.values.stream()
			.sorted((a, b) -> java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray()))
			.toList();
		String first = values.get(0);
		List<String> others = Stream
			.of(first.toUpperCase(Locale.ROOT), first.toLowerCase(Locale.ROOT), first + " ", " " + first, first + "x",
					first.substring(1))
			.filter((other) -> !values.contains(other) && !other.isEmpty())
			.toList();
		List<String> refused = new ArrayList<>(List.of("1", "true", "\"\"", "[\"" + first + "\"]"));
		others.forEach((other) -> refused.add('"' + other + '"'));
		return new Edges(values, Map.of(), refused, others);
	}

	static Edges uuid() {
		String some = "01890000-0000-7000-8000-00000000000a";
		List<String> others = List.of(some.replace("-", ""), "{" + some + "}", "urn:uuid:" + some, "1-1-1-1-1",
				some.substring(1), some + "0", some.replace('a', 'g'), some + " ", "x");
		List<String> refused = new ArrayList<>(List.of("1", "true", "\"\""));
		others.forEach((other) -> refused.add('"' + other + '"'));
		return new Edges(
				List.of("00000000-0000-0000-0000-000000000000", some, "7fffffff-ffff-ffff-ffff-ffffffffffff",
						"80000000-0000-4000-8000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
				Map.of('"' + some.toUpperCase(Locale.ROOT) + '"', some), refused, others);
	}

}
