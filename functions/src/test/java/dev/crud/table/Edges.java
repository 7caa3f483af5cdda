package dev.crud.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The values that a column accepts and refuses, at the edges of its type.
 *
 * @param values at least two allowed values in ascending order, as answers write them,
 * without quotes
 * @param spellings allowed values as JSON that answers write in another way, with what
 * answers write
 * @param refused values that are refused, as JSON
 * @param refusedTexts values that are refused in CSV and in query parameters
 */
public record Edges(List<String> values, Map<String, String> spellings, List<String> refused,
		List<String> refusedTexts) {

	/**
	 * Returns the edges of a column.
	 * @param column the column
	 * @return its edges; for an optional column, the last value is an empty text, which
	 * stands for an absent value
	 */
	public static Edges of(Column column) {
		Edges edges = of(column.type());
		List<String> values = new ArrayList<>(edges.values);
		if (column.optional()) {
			values.add("");
		}
		List<String> refused = Stream.concat(edges.refused.stream(), Stream.of("null", "[]", "{}", "[[]]")).toList();
		return new Edges(values, edges.spellings, refused, edges.refusedTexts);
	}

	private static Edges of(ColumnType type) {
		if (type instanceof BooleanType) {
			return bool();
		}
		if (type instanceof IntegerType integer) {
			return NumberEdges.of(integer);
		}
		if (type instanceof DoubleType number) {
			return NumberEdges.of(number);
		}
		if (type instanceof DecimalType decimal) {
			return NumberEdges.of(decimal);
		}
		return ofQuoted(type);
	}

	private static Edges ofQuoted(ColumnType type) {
		if (type instanceof TextType text) {
			return TextEdges.of(text);
		}
		if (type instanceof OneOfType oneOf) {
			return TextEdges.of(oneOf);
		}
		if (type instanceof DateType date) {
			return TimeEdges.of(date);
		}
		if (type instanceof TimestampType) {
			return TimeEdges.timestamp();
		}
		if (type instanceof UuidType) {
			return TextEdges.uuid();
		}
		throw new IllegalArgumentException("Nobody knows the edges of " + type);
	}

	private static Edges bool() {
		return new Edges(List.of("false", "true"), Map.of(), List.of("1", "0", "\"true\"", "\"\"", "[true]"),
				List.of("1", "0", "TRUE", "yes", " true"));
	}

}
