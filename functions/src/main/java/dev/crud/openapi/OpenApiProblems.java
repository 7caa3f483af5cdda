package dev.crud.openapi;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import static dev.crud.openapi.Nodes.object;
import static dev.crud.openapi.Nodes.ref;

/**
 * Describes the responses that report problems, each with examples of real answers.
 */
final class OpenApiProblems {

	private static final Map<Integer, String> TITLES = Map.ofEntries(Map.entry(400, "Bad Request"),
			Map.entry(401, "Unauthorized"), Map.entry(403, "Forbidden"), Map.entry(404, "Not Found"),
			Map.entry(405, "Method Not Allowed"), Map.entry(406, "Not Acceptable"), Map.entry(408, "Request Timeout"),
			Map.entry(411, "Length Required"), Map.entry(412, "Precondition Failed"),
			Map.entry(413, "Content Too Large"), Map.entry(414, "URI Too Long"),
			Map.entry(415, "Unsupported Media Type"), Map.entry(422, "Unprocessable Content"),
			Map.entry(431, "Request Header Fields Too Large"), Map.entry(500, "Internal Server Error"),
			Map.entry(503, "Service Unavailable"));

	private OpenApiProblems() {
	}

	/**
	 * Returns the responses that are the same wherever they occur.
	 * @param noun what a row is called
	 * @param path the path of the function that creates rows
	 * @param keyPath the path of a row
	 * @return the responses by name
	 */
	static Map<String, Object> shared(String noun, String path, String keyPath) {
		Map<String, Object> shared = object();
		shared.put("BadRequest", one("Not well-formed HTTP", notHttp()));
		Map<String, Object> challenge = object("WWW-Authenticate", ref("headers", "WWWAuthenticate"));
		shared.put("Unauthorized", response("No token, or none that is valid, where tokens are asked for", challenge,
				object("token", problem(401, "This path needs a bearer token in the Authorization header.", path))));
		shared.put("Forbidden", response("A token without the scope", challenge,
				object("scope", problem(403, "The token lacks the scope that WWW-Authenticate names.", path))));
		shared.put("NotFound",
				response("No such " + noun + ", or no such path", null,
						object("row", problem(404, "There is no such " + noun + ".", keyPath), "path",
								problem(404, "There is nothing at this path.", "/nothing"))));
		shared.put("MethodNotAllowed",
				response("A method that a path does not allow", object("Allow", ref("headers", "Allow")),
						object("method", problem(405, "This path allows POST, OPTIONS.", path))));
		shared.put("RequestTimeout",
				one("Too little of the body for 30 s", problem(408, "The body must keep coming.", path)));
		shared.put("LengthRequired",
				one("No body", problem(411, "A body is required, with its Content-Length or in chunks.", path)));
		shared.put("PreconditionFailed", one("Not a version that If-Match names",
				problem(412, "The " + noun + " has changed; get it again for its present ETag.", keyPath)));
		shared.put("KeyReused", one("The Idempotency-Key came with another body before",
				problem(422, "This Idempotency-Key was used with another body within the last 24 hours.", path)));
		shared.put("UriTooLong", one("A request target of more than 8 KiB",
				problem(414, "The request target must have at most 8 KiB.", "/")));
		shared.put("HeadersTooLarge",
				one("Headers of more than 16 KiB", problem(431, "The headers must have at most 16 KiB.", "/")));
		shared.put("InternalError", one("A fault of the server's; its log says more",
				problem(500, "Something went wrong that should not have.", path)));
		shared.put("Unavailable", unavailable(path, object()));
		return shared;
	}

	static Map<String, Object> unavailable(String instance, Map<String, Object> more) {
		Map<String, Object> examples = object("database",
				problem(503, "The database does not answer now; try again soon.", instance));
		examples.putAll(more);
		return response("Not now; try again", object("Retry-After", ref("headers", "RetryAfter")), examples);
	}

	/**
	 * Returns the response to a request that is not as described.
	 * @param problems examples beside that of malformed HTTP
	 * @return the response
	 */
	static Map<String, Object> badRequest(Map<String, Object> problems) {
		if (problems.isEmpty()) {
			return ref("responses", "BadRequest");
		}
		Map<String, Object> examples = object();
		examples.putAll(problems);
		examples.put("http", notHttp());
		return response("A request that is not as described here", null, examples);
	}

	private static Map<String, Object> notHttp() {
		return problem(400, "The request is not well-formed HTTP.", "/");
	}

	static Map<String, Object> notAcceptable(String types, String instance) {
		return one("`Accept` takes none of what there is",
				problem(406, "This path answers with " + types + ".", instance));
	}

	static Map<String, Object> tooLarge(Map<String, Object> limits, String instance) {
		Map<String, Object> examples = object();
		limits.forEach((name, bytes) -> examples.put(name,
				problem(413, "The body must have at most " + bytes + " bytes.", instance)));
		return response("A body that is too large", object("Connection", object("description",
				"The rest of the body is not read", "schema", object("type", "string", "enum", List.of("close")))),
				examples);
	}

	static Map<String, Object> unsupported(String header, String types, String instance) {
		Map<String, Object> taken = object("description", "What the path takes", "schema", OpenApiSchemas.TEXT,
				"example", types);
		Map<String, Object> encoding = object("description", "When the body has a Content-Encoding", "schema",
				object("type", "string", "enum", List.of("identity")));
		return response("A body of another type, charset or encoding",
				object(header, taken, "Accept-Encoding", encoding),
				object("type", problem(415, "The body must be " + types + ", in UTF-8.", instance), "encoding",
						problem(415, "The body must be " + types + ", without Content-Encoding, in UTF-8.", instance)));
	}

	static Map<String, Object> problem(int status, String detail, String instance) {
		return object("type", "about:blank", "title", TITLES.get(status), "status", status, "detail", detail,
				"instance", instance);
	}

	private static Map<String, Object> one(String description, Map<String, Object> problem) {
		return content(description, null, object("example", problem));
	}

	private static Map<String, Object> response(String description, @Nullable Map<String, Object> headers,
			Map<String, Object> problems) {
		Map<String, Object> examples = object();
		problems.forEach((name, problem) -> examples.put(name, object("value", problem)));
		return content(description, headers, object("examples", examples));
	}

	private static Map<String, Object> content(String description, @Nullable Map<String, Object> headers,
			Map<String, Object> examples) {
		Map<String, Object> body = object("schema", ref("schemas", "ProblemDetails"));
		body.putAll(examples);
		return object("description", description, "headers", headers, "content",
				object("application/problem+json", body));
	}

}
