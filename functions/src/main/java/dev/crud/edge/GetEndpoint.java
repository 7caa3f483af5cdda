package dev.crud.edge;

import dev.crud.function.RefusedException;
import dev.crud.table.Row;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers {@code GET} of a row.
 */
final class GetEndpoint implements Endpoint {

	@Override
	public Mono<Void> handle(FunctionRequest request) {
		MediaType type = Accept.choose(request.headers(), MediaType.APPLICATION_JSON);
		Mono<Row> row = request.invoke(request.key());
		return row.switchIfEmpty(Mono.error(() -> new RefusedException(RefusedException.Reason.NO_SUCH_ROW)))
			.flatMap((found) -> {
				HttpHeaders headers = request.exchange().response().getHeaders();
				headers.set(HttpHeaders.ETAG, Preconditions.etag(found.version()));
				return Preconditions.isKnown(request.headers(), found.version())
						? Reply.send(request.exchange(), HttpStatus.NOT_MODIFIED)
						: Reply.send(request.exchange(), HttpStatus.OK, type, found.json());
			});
	}

}
