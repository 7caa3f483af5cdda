package dev.crud.openapi;

import java.util.List;
import java.util.Map;

import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Operation;
import dev.crud.table.Noun;

import static dev.crud.openapi.Nodes.object;
import static dev.crud.openapi.Nodes.ref;
import static dev.crud.openapi.OpenApiProblems.problem;

/**
 * Describes the answers to requests that are not as described.
 */
final class OpenApiRefusals {

	private final Noun noun;

	OpenApiRefusals(Noun noun) {
		this.noun = noun;
	}

	/**
	 * Returns examples of bad requests.
	 * @param function the function that the requests are sent to
	 * @return problems by name
	 */
	Map<String, Object> bad(FunctionDeclaration function) {
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
		String noun = this.noun.singular();
		Map<String, Object> error = object("line", null, "pointer", "/unknown", "detail",
				"is not a field of " + this.noun.article() + " " + noun);
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

	/**
	 * Describes the responses to bodies that are not read, or not read to their end.
	 * @param operation the operation of the function
	 * @param instance the path of the examples
	 * @return responses by status; empty when the function takes no body
	 */
	static Map<String, Object> ofBody(Operation operation, String instance) {
		if (operation != Operation.POST && operation != Operation.PUT) {
			return object();
		}
		boolean many = operation == Operation.POST;
		return object("408", ref("responses", "RequestTimeout"), "411", ref("responses", "LengthRequired"), "413",
				OpenApiProblems.tooLarge(many ? object("one", 65536L, "many", 104857600L) : object("one", 65536L),
						instance),
				"415",
				many ? OpenApiProblems.unsupported("Accept-Post", "application/json, application/x-ndjson, text/csv",
						instance) : OpenApiProblems.unsupported("Accept", "application/json", instance));
	}

}
