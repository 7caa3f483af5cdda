package dev.crud.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.crud.table.Column;
import dev.crud.table.Table;

import static dev.crud.openapi.Nodes.object;
import static dev.crud.openapi.Nodes.ref;

/**
 * Describes the schemas of bodies. Sent and answered rows have separate schemas, because
 * tools disagree about {@code readOnly}.
 */
final class OpenApiSchemas {

	static final Map<String, Object> TEXT = Map.of("type", "string");

	private final Table table;

	private final OpenApiExamples examples;

	/** The name of an answered row's schema. */
	final String row;

	/** The name of a sent row's schema. */
	final String values;

	/**
	 * The name of the schema that says how many rows were inserted. It comes after the
	 * row's schema in alphabetical order, in which some generated clients try them.
	 */
	final String count;

	OpenApiSchemas(Table table) {
		this.table = table;
		this.examples = new OpenApiExamples(table);
		String noun = table.noun().singular();
		this.row = noun.substring(0, 1).toUpperCase(Locale.ROOT) + noun.substring(1);
		this.values = this.row + "Values";
		this.count = this.row + "Count";
	}

	Map<String, Object> all() {
		Map<String, Object> key = new LinkedHashMap<>(KEY);
		key.put("description", "Given by the server: a UUIDv7, so the newest rows come last");
		key.put("example", OpenApiExamples.KEY.toString());
		String noun = this.table.noun().singular();
		return object(this.row, row(object(Table.KEY, key), "A " + noun + " as it is answered"), this.values,
				row(object(),
						"A " + noun + " as it is sent, without its uuid; PUT takes the uuid too if it is the path's"),
				this.count, inserted(), "ProblemDetails", problem(), "ProblemError", error());
	}

	static final Map<String, Object> KEY = object("type", "string", "format", "uuid", "pattern",
			"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$");

	private Map<String, Object> row(Map<String, Object> properties, String description) {
		List<String> required = new java.util.ArrayList<>(properties.keySet());
		for (Column column : this.table.columns()) {
			properties.put(column.name(), property(column));
			if (!column.optional()) {
				required.add(column.name());
			}
		}
		return object("description", description, "type", "object", "additionalProperties", false, "required",
				required.isEmpty() ? null : required, "properties", properties);
	}

	private Map<String, Object> property(Column column) {
		Map<String, Object> schema = new LinkedHashMap<>(column.type().schema());
		if (!column.description().isEmpty()) {
			schema.put("description", column.description());
		}
		schema.put("example", this.examples.value(column));
		return schema;
	}

	private static Map<String, Object> inserted() {
		return object("description", "How many rows were inserted", "type", "object", "additionalProperties", false,
				"required", List.of("inserted"), "properties",
				object("inserted", object("type", "integer", "format", "int64", "minimum", 0)));
	}

	private static Map<String, Object> problem() {
		return object("description", "What went wrong, as RFC 9457 has it", "type", "object", "required",
				List.of("type", "title", "status", "detail", "instance"), "properties",
				object("type", object("type", "string", "format", "uri-reference", "description", "Always about:blank"),
						"title", object("type", "string", "description", "The status in words"), "status",
						object("type", "integer", "format", "int32", "minimum", 400, "maximum", 599), "detail",
						object("type", "string", "description", "For people: what to do otherwise"), "instance",
						object("type", "string", "format", "uri-reference", "description", "The path of the request"),
						"errors",
						object("description",
								"All that is wrong with a body, at most 100; detail says so when there was more",
								"type", "array", "maxItems", 100, "items", ref("schemas", "ProblemError"))));
	}

	private static Map<String, Object> error() {
		return object("type", "object", "required", List.of("pointer", "detail"), "properties", object("line",
				object("type", "integer", "format", "int32", "minimum", 1, "description",
						"Of a body of many rows, counted from 1"),
				"pointer",
				object("type", "string", "description", "Where, as a JSON Pointer (RFC 6901); empty for the whole"),
				"detail", object("type", "string", "description", "What would be allowed")));
	}

}
