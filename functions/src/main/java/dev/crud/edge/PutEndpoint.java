package dev.crud.edge;

import java.util.Map;
import java.util.UUID;

import dev.crud.function.Replacement;
import dev.crud.table.JsonReader;
import dev.crud.table.Row;
import dev.crud.table.Table;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers {@code PUT} of a row.
 */
final class PutEndpoint implements Endpoint {

	private static final Map<String, String> ACCEPTED = Map.of(HttpHeaders.ACCEPT, "application/json");

	private final JsonReader reader;

	PutEndpoint(Table table) {
		this.reader = new JsonReader(table);
	}

	@Override
	public Mono<Void> handle(FunctionRequest request) {
		UUID key = request.key();
		if (!RequestBody.isJson(RequestBody.type(request.http(), "application/json", ACCEPTED))) {
			throw ProblemException.unsupportedMediaType("application/json", ACCEPTED);
		}
		MediaType type = Accept.choose(request.headers(), MediaType.APPLICATION_JSON);
		return RequestBody.whole(request.exchange())
			.map((body) -> new Replacement(key, this.reader.read(body, key), Preconditions.ifMatch(request.headers())))
			.flatMap(request::<Row>invoke)
			.flatMap((replaced) -> {
				request.exchange()
					.response()
					.getHeaders()
					.set(HttpHeaders.ETAG, Preconditions.etag(replaced.version()));
				return Reply.send(request.exchange(), HttpStatus.OK, type, replaced.json());
			});
	}

}
