package dev.crud.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.crud.table.Filter;
import dev.crud.table.Noun;
import dev.crud.table.Table;

import static dev.crud.openapi.Nodes.object;

/**
 * Describes the parameters and headers of requests. The component of a list's parameter
 * has the name of the parameter, which starts with a lower-case letter; the names of all
 * others start with an upper-case letter.
 */
final class OpenApiParameters {

	static final String KEY = "Key";

	/** The key in a path whose method does not look at it. */
	static final String ANY_KEY = "AnyKey";

	static final String IF_MATCH = "IfMatch";

	static final String IF_NONE_MATCH = "IfNoneMatch";

	static final String IDEMPOTENCY_KEY = "IdempotencyKey";

	private final Table table;

	private final OpenApiExamples examples;

	OpenApiParameters(Table table) {
		this.table = table;
		this.examples = new OpenApiExamples(table);
	}

	Map<String, Object> all() {
		Noun noun = this.table.noun();
		Map<String, Object> all = new LinkedHashMap<>();
		all.put(KEY, parameter("path", Table.KEY, "Which " + noun.singular() + ", in either case", OpenApiSchemas.KEY,
				OpenApiExamples.KEY.toString()));
		all.put(ANY_KEY,
				parameter("path", Table.KEY, "Not looked at", OpenApiSchemas.TEXT, OpenApiExamples.KEY.toString()));
		all.put(IF_MATCH, header("If-Match",
				"Entity tags, or `*`: 412 unless one of them is the present one. Weak tags never match.", "\"7\""));
		all.put(IF_NONE_MATCH, header("If-None-Match",
				"Entity tags, or `*`: 304 and no body when one of them is the present one.", "\"7\""));
		all.put(IDEMPOTENCY_KEY, parameter("header", "Idempotency-Key", """
				Makes it safe to send a request again: within 24 hours the same key with the same body answers what the
				first answered and inserts nothing; with another body it is 422.""",
				object("type", "string", "minLength", 1, "maxLength", 255, "pattern", "^[!-~]+$"), "0f8c-4a1e"));
		all.putAll(list());
		return all;
	}

	/**
	 * Returns the names of a list's parameters.
	 * @return the names
	 */
	List<String> listNames() {
		return List.copyOf(list().keySet());
	}

	private Map<String, Object> list() {
		Map<String, Object> list = new LinkedHashMap<>();
		query(list, "limit", "A page of this many rows at most. When more follow, `Link` has the next page.",
				object("type", "integer", "format", "int32", "minimum", 1, "maximum", 1000), 100);
		query(list, "after", """
				The rows behind the one with this uuid. Under `sort` that row must still be there; better follow `Link`,
				which goes on even when it is gone.""", OpenApiSchemas.KEY, OpenApiExamples.KEY.toString());
		query(list, "sort", "In this order, with `-` for descending; ties by uuid in the same direction.",
				object("type", "string", "enum", sorts(), "default", Table.KEY), "-" + Table.KEY);
		query(list, "count", """
				Adds `X-Total-Count`: `true` counts for up to 10 s, `estimated` asks the database's planner, which costs
				nothing.""",
				object("type", "string", "enum", List.of("true", "false", "estimated"), "default", "false"),
				"estimated");
		this.table.filters()
			.forEach((filter) -> query(list, filter.parameter(), description(filter), schema(filter), example(filter)));
		return list;
	}

	private List<String> sorts() {
		List<String> sorts = new ArrayList<>(List.of(Table.KEY, "-" + Table.KEY));
		this.table.columns().stream().filter((column) -> column.sorted()).forEach((column) -> {
			sorts.add(column.name());
			sorts.add("-" + column.name());
		});
		return sorts;
	}

	private static String description(Filter filter) {
		String name = "`" + filter.column().name() + "`";
		return "Only rows " + switch (filter.kind()) {
			case EQUAL -> "whose " + name + " is this.";
			case CONTAINS -> "whose " + name + " contains this, whatever the case; `%` and `_` are only themselves.";
			case MIN -> "whose " + name + " is this or greater.";
			case MAX -> "whose " + name + " is this or less.";
			case PRESENT -> "that have a " + name + ", or with false: have none.";
		};
	}

	private static Map<String, Object> schema(Filter filter) {
		Map<String, Object> type = filter.column().type().schema();
		return switch (filter.kind()) {
			case CONTAINS -> object("type", "string", "minLength", 1, "maxLength", type.get("maxLength"), "pattern",
					"^[^\\u0000]*$");
			case PRESENT -> object("type", "boolean");
			case EQUAL, MIN, MAX -> type;
		};
	}

	private Object example(Filter filter) {
		return (filter.kind() == dev.crud.table.FilterKind.PRESENT) ? true : this.examples.value(filter.column());
	}

	private static void query(Map<String, Object> list, String name, String description, Map<String, Object> schema,
			Object example) {
		list.put(name, parameter("query", name, description, schema, example));
	}

	private static Map<String, Object> header(String name, String description, String example) {
		return parameter("header", name, description, OpenApiSchemas.TEXT, example);
	}

	private static Map<String, Object> parameter(String in, String name, String description, Map<String, Object> schema,
			Object example) {
		return object("name", name, "in", in, "required", in.equals("path") ? true : null, "description", description,
				"schema", schema, "example", example);
	}

}
