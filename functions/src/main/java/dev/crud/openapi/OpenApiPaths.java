package dev.crud.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Functions;
import dev.crud.function.Operation;
import dev.crud.table.Noun;
import dev.crud.table.Table;

import static dev.crud.openapi.Nodes.object;
import static dev.crud.openapi.Nodes.ref;

/**
 * Describes the paths of the functions, and what each method does there.
 */
final class OpenApiPaths {

	static final String CONSTANTS = "constants";

	/** The name of the one security scheme. */
	static final String SECURITY = "bearer";

	private final Noun noun;

	private final OpenApiParameters parameters;

	private final OpenApiBodies bodies;

	private final OpenApiResponses responses;

	OpenApiPaths(Table table, Functions functions) {
		this.noun = table.noun();
		this.parameters = new OpenApiParameters(table);
		this.bodies = new OpenApiBodies(table);
		this.responses = new OpenApiResponses(table, functions);
	}

	/**
	 * Describes the path of a function.
	 * @param function the function
	 * @return a path item
	 */
	Map<String, Object> path(FunctionDeclaration function) {
		Operation operation = function.operation();
		String tag = (operation == Operation.CONSTANT) ? CONSTANTS : this.noun.plural();
		List<Map<String, Object>> parameters = parameters(operation);
		Map<String, Object> method = object("tags", List.of(tag), "operationId", function.name(), "summary",
				summary(operation), "description", description(operation), "parameters",
				parameters.isEmpty() ? null : parameters, "requestBody", this.bodies.of(operation), "responses",
				this.responses.of(function), "security",
				operation.usesDatabase() ? List.of(object(), object(SECURITY, List.of())) : null);
		Map<String, Object> item = object(operation.method().toLowerCase(Locale.ROOT), method);
		if (operation.method().equals("GET")) {
			item.put("head", head(method));
		}
		item.put("options", options(function, tag));
		return item;
	}

	static Map<String, Object> head(Map<String, Object> get) {
		Map<String, Object> head = new LinkedHashMap<>(get);
		head.put("operationId", get.get("operationId") + "Head");
		head.put("summary", "Answer as GET does, without the body");
		head.remove("description");
		head.put("responses", OpenApiResponses.withoutBodies((Map<?, ?>) get.getOrDefault("responses", Map.of())));
		return head;
	}

	private static Map<String, Object> options(FunctionDeclaration function, String tag) {
		return object("tags", List.of(tag), "operationId", function.name() + "Options", "summary",
				"Say which methods there are", "parameters",
				function.operation().takesKey() ? List.of(ref("parameters", OpenApiParameters.ANY_KEY)) : null,
				"responses", OpenApiResponses.options(function.operation().allow()));
	}

	private String summary(Operation operation) {
		String one = this.noun.article() + " " + this.noun.singular();
		return switch (operation) {
			case CONSTANT -> "Say that the service is there";
			case LIST -> "List " + this.noun.plural();
			case GET -> "Get " + one;
			case POST -> "Create " + one + ", or many";
			case PUT -> "Replace " + one;
			case DELETE -> "Delete " + one;
		};
	}

	private String description(Operation operation) {
		String singular = this.noun.singular();
		return switch (operation) {
			case CONSTANT -> "Touches no database.";
			case LIST -> """
					All rows, in the order of their uuids, which is that of their creation, or those that the query asks
					for. A list is one consistent snapshot. Without `limit` it is streamed, however long it is; if that
					fails on the way, the connection is closed abnormally, so a part never looks complete. A filter or
					parameter that is there twice is refused; one that is not known is ignored.""";
			case GET -> "`If-None-Match` saves the body when it has not changed.";
			case POST ->
				"""
						One row as JSON (also as `application/…+json`), of at most 64 KiB and 32 levels, or many as NDJSON or
						CSV of at most 100 MiB. Of many rows either all are inserted or none.""";
			case PUT ->
				"""
						All values are replaced: what is left out is absent afterwards. Two concurrent requests with the same
						`If-Match`: exactly one succeeds.""";
			case DELETE -> "The " + singular + " is gone; a second time it is 404.";
		};
	}

	private List<Map<String, Object>> parameters(Operation operation) {
		List<String> names = switch (operation) {
			case CONSTANT -> List.of();
			case LIST -> this.parameters.listNames();
			case GET -> List.of(OpenApiParameters.KEY, OpenApiParameters.IF_NONE_MATCH);
			case POST -> List.of(OpenApiParameters.IDEMPOTENCY_KEY);
			case PUT, DELETE -> List.of(OpenApiParameters.KEY, OpenApiParameters.IF_MATCH);
		};
		return names.stream().map((name) -> ref("parameters", name)).toList();
	}

}
