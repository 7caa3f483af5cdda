package dev.crud.edge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Functions;
import dev.crud.function.Operation;
import dev.crud.table.Table;

import static dev.crud.edge.Nodes.object;
import static dev.crud.edge.Nodes.ref;
import static dev.crud.edge.OpenApiProblems.problem;

/**
 * What each function answers, by status.
 */
final class OpenApiResponses {

	private static final String JSON = "application/json";

	/** What any request can end in, by status. */
	static Map<String, Object> always() {
		return object("414", ref("responses", "UriTooLong"), "431", ref("responses", "HeadersTooLarge"), "500",
				ref("responses", "InternalError"), "503", ref("responses", "Unavailable"));
	}

	private final Table table;

	private final Functions functions;

	private final OpenApiBodies bodies;

	OpenApiResponses(Table table, Functions functions) {
		this.table = table;
		this.functions = functions;
		this.bodies = new OpenApiBodies(table);
	}

	/**
	 * Describes what a function answers.
	 * @param function the function
	 * @return responses by status, in their order
	 */
	Map<String, Object> of(FunctionDeclaration function) {
		Operation operation = function.operation();
		Map<String, Object> all = object();
		all.putAll(success(function));
		String instance = function.path() + (operation.takesKey() ? "/" + OpenApiExamples.KEY : "");
		all.put("400", OpenApiProblems.badRequest(bad(function)));
		if (operation.takesKey()) {
			all.put("404", ref("responses", "NotFound"));
		}
		if (operation != Operation.DELETE) {
			all.put("406",
					OpenApiProblems.notAcceptable((operation == Operation.LIST)
							? "application/json, application/x-ndjson, text/csv;charset=UTF-8, text/event-stream"
							: JSON, instance));
		}
		all.putAll(ofBody(operation, instance));
		if (operation == Operation.PUT || operation == Operation.DELETE) {
			all.put("412", ref("responses", "PreconditionFailed"));
		}
		if (operation == Operation.POST) {
			all.put("422", ref("responses", "KeyReused"));
		}
		all.putAll(always());
		if (operation == Operation.LIST) {
			all.put("503",
					OpenApiProblems.unavailable(instance, object("count", problem(503,
							"Counting takes longer than 10 s; count=estimated gives the database's estimate at once.",
							instance))));
		}
		return sorted(all);
	}

	private static Map<String, Object> sorted(Map<String, Object> responses) {
		return responses.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
	}

	private Map<String, Object> success(FunctionDeclaration function) {
		Map<String, Object> tag = object("ETag", ref("headers", "ETag"));
		String noun = this.table.noun().singular();
		return switch (function.operation()) {
			case CONSTANT -> object("200",
					object("description", "Always the same", "content",
							object(JSON,
									object("schema",
											object("type", "object", "additionalProperties", OpenApiSchemas.TEXT),
											"example", function.answer()))));
			case LIST -> object("200",
					object("description", "The rows", "headers", object("Vary", ref("headers", "Vary"), "Link",
							ref("headers", "Link"), "X-Total-Count", ref("headers", "TotalCount")), "content",
							this.bodies.list()));
			case GET -> object("200",
					object("description", "The " + noun, "headers", tag, "content", this.bodies.row(), "links",
							links(Operation.PUT, Operation.DELETE)),
					"304", object("description", "The client has it already", "headers", tag));
			case POST -> object("201", object("description",
					"The " + noun + " as it was created, with `Location` and `ETag`; or how many were", "headers",
					object("Location", ref("headers", "Location"), "ETag", ref("headers", "ETag")), "content",
					this.bodies.rowOrCount(), "links", links(Operation.GET, Operation.PUT, Operation.DELETE)));
			case PUT -> object("200", object("description", "The " + noun + " as it is now", "headers", tag, "content",
					this.bodies.row(), "links", links(Operation.GET, Operation.DELETE)));
			case DELETE -> object("204", object("description", "It is gone"));
		};
	}

	/** To what can be done with the row next; changes want it as it was answered. */
	private Map<String, Object> links(Operation... operations) {
		Map<String, Object> links = object();
		for (Operation operation : operations) {
			String name = this.functions.of(operation).name();
			links.put(name,
					object("operationId", name, "parameters",
							object("path." + Table.KEY, "$response.body#/" + Table.KEY, "header.If-Match",
									(operation != Operation.GET) ? "$response.header.ETag" : null)));
		}
		return links;
	}

	private Map<String, Object> bad(FunctionDeclaration function) {
		String path = function.path();
		Map<String, Object> problems = object();
		if (function.operation() == Operation.LIST) {
			problems.put("query",
					problem(400, "The query parameter limit must be an integer between 1 and 1000.", path));
		}
		if (function.operation().takesKey()) {
			problems.put("key", problem(400, "The uuid must be in its canonical form of 8-4-4-4-12 hexadecimal digits.",
					path + "/unknown"));
		}
		if (function.operation() == Operation.POST || function.operation() == Operation.PUT) {
			String instance = (function.operation() == Operation.PUT) ? path + "/" + OpenApiExamples.KEY : path;
			problems.putAll(badBody(instance, function.operation() == Operation.POST));
		}
		return problems;
	}

	private Map<String, Object> badBody(String instance, boolean many) {
		String noun = this.table.noun().singular();
		Map<String, Object> error = object("line", null, "pointer", "/unknown", "detail",
				"is not a field of " + this.table.noun().article() + " " + noun);
		Map<String, Object> field = problem(400, "The " + noun + " is not valid; see errors.", instance);
		field.put("errors", List.of(error));
		Map<String, Object> problems = object("field", field, "body", problem(400,
				"The body must be one JSON object (RFC 8259) in UTF-8, at most 32 levels deep.", instance));
		if (many) {
			Map<String, Object> lines = problem(400, "Nothing was inserted: there are bad rows; see errors.", instance);
			Map<String, Object> line = object("line", 1);
			line.putAll(error);
			lines.put("errors", List.of(line));
			problems.put("line", lines);
			problems.put("idempotencyKey",
					problem(400, "Idempotency-Key must be one value of 1 to 255 visible ASCII characters.", instance));
		}
		return problems;
	}

	private static Map<String, Object> ofBody(Operation operation, String instance) {
		if (operation != Operation.POST && operation != Operation.PUT) {
			return object();
		}
		boolean many = operation == Operation.POST;
		return object("408", ref("responses", "RequestTimeout"), "411", ref("responses", "LengthRequired"), "413",
				OpenApiProblems.tooLarge(many ? object("one", 65536L, "many", 104857600L) : object("one", 65536L),
						instance),
				"415",
				many ? OpenApiProblems.unsupported("Accept-Post", "application/json, application/x-ndjson, text/csv",
						instance) : OpenApiProblems.unsupported("Accept", JSON, instance));
	}

	static Map<String, Object> options(String allow) {
		Map<String, Object> all = object("204",
				object("description", "The methods", "headers",
						object("Allow",
								object("required", true, "schema", object("type", "string", "enum", List.of(allow))))),
				"400", OpenApiProblems.badRequest(object()));
		all.putAll(always());
		return all;
	}

	static Map<String, Object> withoutBodies(Map<?, ?> responses) {
		Map<String, Object> without = object();
		responses.forEach((status,
				response) -> without.put((String) status, ((Map<?, ?>) response).containsKey("$ref")
						? object("description", "As for GET")
						: object("description", "As for GET", "headers", ((Map<?, ?>) response).get("headers"))));
		return without;
	}

}
