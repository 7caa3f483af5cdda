package dev.crud.edge;

import java.util.UUID;

import dev.crud.function.Deletion;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;

/**
 * Answers {@code DELETE} of a row.
 */
final class DeleteEndpoint implements Endpoint {

	@Override
	public Mono<Void> handle(FunctionRequest request) {
		Mono<UUID> deleted = request.invoke(new Deletion(request.key(), Preconditions.ifMatch(request.headers())));
		return deleted.flatMap((key) -> Reply.send(request.exchange(), HttpStatus.NO_CONTENT));
	}

}
