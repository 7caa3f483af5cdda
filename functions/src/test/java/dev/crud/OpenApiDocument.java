package dev.crud;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.crud.openapi.OpenApi;
import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Operation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds examples in the OpenAPI document.
 */
final class OpenApiDocument {

	/** Keeps numbers as they are written: an exact decimal shows all of its digits. */
	private static final JsonNode DOCUMENT = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.build()
		.readTree(new OpenApi(Declaration.TABLE, Declaration.FUNCTIONS).json());

	private OpenApiDocument() {
	}

	/**
	 * Returns the example problems of a function's operation.
	 * @param function the function
	 * @return the problems by their status and, if there are more than one, their names
	 */
	static Map<String, JsonNode> problems(FunctionDeclaration function) {
		Map<String, JsonNode> problems = new LinkedHashMap<>();
		operation(function).get("responses").properties().forEach((response) -> {
			JsonNode content = resolve(response.getValue()).path("content").path("application/problem+json");
			if (content.has("example")) {
				problems.put(response.getKey(), content.get("example"));
			}
			content.path("examples")
				.properties()
				.forEach((example) -> problems.put(response.getKey() + " " + example.getKey(),
						example.getValue().get("value")));
		});
		return problems;
	}

	/**
	 * Returns the body of an example of creating.
	 * @param mediaType the media type of the body
	 * @return the example
	 */
	static JsonNode body(String mediaType) {
		return operation(Declaration.FUNCTIONS.of(Operation.POST)).get("requestBody")
			.get("content")
			.get(mediaType)
			.get("example");
	}

	/**
	 * Returns the content of a response.
	 * @param function the function
	 * @param status the status
	 * @return the media types
	 */
	static JsonNode content(FunctionDeclaration function, int status) {
		return operation(function).get("responses").get(Integer.toString(status)).get("content");
	}

	private static JsonNode operation(FunctionDeclaration function) {
		String path = function.path() + (function.operation().takesKey() ? "/{uuid}" : "");
		return DOCUMENT.get("paths").get(path).get(function.operation().method().toLowerCase(Locale.ROOT));
	}

	private static JsonNode resolve(JsonNode node) {
		return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asString().substring(1)) : node;
	}

}
