package dev.crud.table;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the edges of dates and timestamps.
 */
final class TimeEdges {

	private TimeEdges() {
	}

	static Edges of(DateType type) {
		List<String> values = Stream
			.of(type.min, type.min.plusDays(1), LocalDate.of(1900, 3, 1), LocalDate.of(2024, 2, 29),
					type.max.minusDays(1), type.max)
			.filter((date) -> !date.isBefore(type.min) && !date.isAfter(type.max))
			.sorted()
			.distinct()
			.map(LocalDate::toString)
			.toList();
		List<String> others = List.of("2023-02-29", "2024-2-1", "24-02-01", "20240201", "2024-02-01T00:00:00Z",
				"2024-02-01 ", "01/02/2024", "2024-13-01", "\u0662\u0660\u0662\u0664-02-01", "x", before(type.min),
				after(type.max));
		return edges(values, Map.of(), others);
	}

	private static String before(LocalDate min) {
		return (min.getYear() > 1) ? min.minusDays(1).toString() : "0000-12-31";
	}

	private static String after(LocalDate max) {
		return (max.getYear() < 9999) ? max.plusDays(1).toString() : "10000-01-01";
	}

	static Edges timestamp() {
		List<String> values = List.of("0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z",
				"2024-02-29T12:34:56.000001Z", "2024-02-29T12:34:56.100Z", "9999-12-31T23:59:59.999999Z");
		Map<String, String> spellings = Map.of("\"2024-03-01T01:34:56.1+13:00\"", "2024-02-29T12:34:56.100Z",
				"\"2024-02-29T12:34:56.100000000Z\"", "2024-02-29T12:34:56.100Z", "\"1969-12-31T00:00:00-23:59\"",
				"1969-12-31T23:59:00Z");
		List<String> others = List.of("2024-02-29", "2024-02-29T12:34:56", "2024-02-29 12:34:56Z", "2024-02-29T12:34Z",
				"2024-02-29T12:34:56.0000001Z", "2023-02-29T12:34:56Z", "2024-02-29T24:00:01Z",
				"2024-02-29T12:34:56+24:00", "2024-02-29T12:34:56+0100", "0000-12-31T23:59:59Z",
				"10000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "1709210096", "x");
		return edges(values, spellings, others);
	}

	private static Edges edges(List<String> values, Map<String, String> spellings, List<String> others) {
		List<String> refused = new ArrayList<>(List.of("1", "20240201", "true", "\"\""));
		others.forEach((other) -> refused.add('"' + other + '"'));
		return new Edges(values, spellings, refused, others);
	}

}
