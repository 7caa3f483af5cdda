package dev.crud.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Functions;
import dev.crud.function.Operation;
import dev.crud.table.Table;

import static dev.crud.openapi.Nodes.object;
import static dev.crud.openapi.Nodes.ref;
import static dev.crud.openapi.OpenApiProblems.problem;

/**
 * Describes what each function answers, by status.
 */
final class OpenApiResponses {

	private static final String JSON = "application/json";

	/** Returns the responses that any request can get, by status. */
	static Map<String, Object> always() {
		return object("414", ref("responses", "UriTooLong"), "431", ref("responses", "HeadersTooLarge"), "500",
				ref("responses", "InternalError"), "503", ref("responses", "Unavailable"));
	}

	private final Table table;

	private final Functions functions;

	private final OpenApiBodies bodies;

	private final OpenApiRefusals refusals;

	OpenApiResponses(Table table, Functions functions) {
		this.table = table;
		this.functions = functions;
		this.bodies = new OpenApiBodies(table);
		this.refusals = new OpenApiRefusals(table.noun());
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
		all.put("400", OpenApiProblems.badRequest(this.refusals.bad(function)));
		if (operation.usesDatabase()) {
			all.put("401", ref("responses", "Unauthorized"));
			all.put("403", ref("responses", "Forbidden"));
		}
		if (operation.takesKey()) {
			all.put("404", ref("responses", "NotFound"));
		}
		if (operation != Operation.DELETE) {
			all.put("406",
					OpenApiProblems.notAcceptable((operation == Operation.LIST)
							? "application/json, application/x-ndjson, text/csv;charset=UTF-8, text/event-stream"
							: JSON, instance));
		}
		all.putAll(OpenApiRefusals.ofBody(operation, instance));
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

	/**
	 * Links to the operations that the client can do with the row next; those that change
	 * it send the entity tag of the answer as {@code If-Match}.
	 */
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
