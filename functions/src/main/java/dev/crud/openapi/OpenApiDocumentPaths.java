package dev.crud.openapi;

import java.util.List;
import java.util.Map;

import static dev.crud.openapi.Nodes.object;

/**
 * Describes the paths of the document itself.
 */
final class OpenApiDocumentPaths {

	static final String TAG = "contract";

	private OpenApiDocumentPaths() {
	}

	static Map<String, Object> all() {
		return object(OpenApi.YAML, path("openapiYaml", "application/yaml", OpenApi.YAML), OpenApi.JSON,
				path("openapiJson", "application/json", OpenApi.JSON));
	}

	private static Map<String, Object> path(String id, String type, String path) {
		Map<String, Object> responses = object("200",
				object("description", "OpenAPI 3.1", "content",
						object(type, object("schema", object("type", "object")))),
				"400", OpenApiProblems.badRequest(object()), "406", OpenApiProblems.notAcceptable(type, path));
		responses.putAll(OpenApiResponses.always());
		Map<String, Object> get = object("tags", List.of(TAG), "operationId", id, "summary", "Get this document",
				"description", "Only where all functions answer at one address.", "responses", responses);
		return object("get", get, "head", OpenApiPaths.head(get), "options",
				object("tags", List.of(TAG), "operationId", id + "Options", "summary", "Say which methods there are",
						"responses", OpenApiResponses.options("GET, HEAD, OPTIONS")));
	}

}
