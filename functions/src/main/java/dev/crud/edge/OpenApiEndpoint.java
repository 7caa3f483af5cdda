package dev.crud.edge;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.crud.openapi.OpenApi;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers {@code GET} of the OpenAPI document. The document is generated on the first
 * request for it, so that it costs nothing at start-up.
 */
final class OpenApiEndpoint {

	private final OpenApi openApi;

	private final Map<String, byte[]> made = new ConcurrentHashMap<>();

	OpenApiEndpoint(OpenApi openApi) {
		this.openApi = openApi;
	}

	static boolean isAt(String path) {
		return OpenApi.PATHS.contains(path);
	}

	/**
	 * Answers a request.
	 * @param exchange the request for one of the document's paths, and its response
	 * @return completes with the response
	 */
	Mono<Void> handle(HttpExchange exchange) {
		String path = exchange.path();
		MediaType type = Accept.choose(exchange.request().getHeaders(),
				path.equals(OpenApi.YAML) ? MediaType.APPLICATION_YAML : MediaType.APPLICATION_JSON);
		return Reply.send(exchange, HttpStatus.OK, type, this.made.computeIfAbsent(path, this::make));
	}

	private byte[] make(String path) {
		String text = path.equals(OpenApi.YAML) ? this.openApi.yaml() : this.openApi.json();
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
