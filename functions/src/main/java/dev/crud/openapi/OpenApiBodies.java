package dev.crud.openapi;

import java.util.List;
import java.util.Map;

import dev.crud.function.Operation;
import dev.crud.table.RowFormat;
import dev.crud.table.Table;
import org.jspecify.annotations.Nullable;

import static dev.crud.openapi.Nodes.object;
import static dev.crud.openapi.Nodes.ref;

/**
 * Describes the bodies of requests and answers.
 */
final class OpenApiBodies {

	private final OpenApiSchemas schemas;

	private final OpenApiExamples examples;

	OpenApiBodies(Table table) {
		this.schemas = new OpenApiSchemas(table);
		this.examples = new OpenApiExamples(table);
	}

	/**
	 * Describes what a function takes.
	 * @param operation the operation of the function
	 * @return the body, or {@code null} for none
	 */
	@Nullable Map<String, Object> of(Operation operation) {
		Map<String, Object> one = object("application/json",
				object("schema", ref("schemas", this.schemas.values), "example", this.examples.values()));
		return switch (operation) {
			case POST -> {
				one.put("application/x-ndjson", text("One object a line, as in JSON", RowFormat.NDJSON));
				one.put("text/csv", text("RFC 4180. The first line names the columns, in any order", RowFormat.CSV));
				yield object("required", true, "content", one);
			}
			case PUT -> object("required", true, "content", one);
			case CONSTANT, LIST, GET, DELETE -> null;
		};
	}

	private Map<String, Object> text(String description, RowFormat format) {
		return object("schema", object("type", "string", "description", description), "example",
				this.examples.bulk(format));
	}

	Map<String, Object> row() {
		return object("application/json",
				object("schema", ref("schemas", this.schemas.row), "example", this.examples.row()));
	}

	/**
	 * Describes the answer to creating: a row or a count. An answer only ever matches one
	 * of the two, but generated clients that ignore unknown members can't tell them
	 * apart; with anyOf they take the first that matches.
	 * @return the body
	 */
	Map<String, Object> rowOrCount() {
		return object("application/json", object("schema",
				object("anyOf", List.of(ref("schemas", this.schemas.row), ref("schemas", this.schemas.count))),
				"examples",
				object("one", object("value", this.examples.row()), "many", object("value", object("inserted", 1)))));
	}

	Map<String, Object> list() {
		Map<String, Object> json = object("schema", object("type", "array", "items", ref("schemas", this.schemas.row)),
				"example", List.of(this.examples.row()));
		return object("application/json", json, "application/x-ndjson", listed("One object a line", RowFormat.NDJSON),
				"text/csv", listed("RFC 4180, with a header; an absent value is an empty field", RowFormat.CSV),
				"text/event-stream", listed("One event a row, its data an object", RowFormat.EVENTS));
	}

	private Map<String, Object> listed(String description, RowFormat format) {
		return object("schema", object("type", "string", "description", description), "example",
				this.examples.list(format));
	}

}
