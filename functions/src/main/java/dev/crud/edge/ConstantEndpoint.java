package dev.crud.edge;

import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers {@code GET} of a constant.
 */
final class ConstantEndpoint implements Endpoint {

	@Override
	public Mono<Void> handle(FunctionRequest request) {
		MediaType type = Accept.choose(request.headers(), MediaType.APPLICATION_JSON);
		return request.<Map<String, String>>invoke(null)
			.flatMap((answer) -> Reply.send(request.exchange(), HttpStatus.OK, type, Json.object(answer)));
	}

}
