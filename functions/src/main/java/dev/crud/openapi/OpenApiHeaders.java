package dev.crud.openapi;

import java.util.List;
import java.util.Map;

import static dev.crud.openapi.Nodes.object;

/**
 * Describes the headers of answers.
 */
final class OpenApiHeaders {

	private OpenApiHeaders() {
	}

	/**
	 * Returns all headers by the names of their components.
	 * @param listPath the path of the list
	 * @param keyPath the path of a row
	 * @return the headers
	 */
	static Map<String, Object> all(String listPath, String keyPath) {
		return object("ETag",
				header("The row's version: a strong entity tag that changes with every change of the row",
						object("type", "string", "pattern", "^\"[1-9][0-9]*\"$"), "\"7\""),
				"Location",
				header("Where the new row is", object("type", "string", "format", "uri-reference"), keyPath), "Link",
				header("The next page (RFC 8288), to be followed as it is; absent on the last one and without `limit`",
						OpenApiSchemas.TEXT,
						"<" + listPath + "?limit=100&after=" + OpenApiExamples.KEY + ">; rel=\"next\""),
				"TotalCount",
				header("How many rows the filters let through, on all pages; absent without `count`",
						object("type", "integer", "format", "int64", "minimum", 0), 887),
				"Vary", header("For caches", object("type", "string", "enum", List.of("Accept")), "Accept"), "Allow",
				header("The methods that the path allows", OpenApiSchemas.TEXT, "POST, OPTIONS"), "WWWAuthenticate",
				header("What is asked for (RFC 6750)", OpenApiSchemas.TEXT,
						"Bearer realm=\"example\", error=\"invalid_token\", error_description=\"The token has expired.\""),
				"RetryAfter", header("Seconds to wait", object("type", "integer", "format", "int32", "minimum", 1), 1));
	}

	private static Map<String, Object> header(String description, Map<String, Object> schema, Object example) {
		return object("description", description, "schema", schema, "example", example);
	}

}
