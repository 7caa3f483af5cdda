package dev.passengers.edge;

import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * {@code GET /hello} and {@code GET /zero}.
 */
final class ConstantEndpoint implements Endpoint {

	@Override
	public HttpMethod method() {
		return HttpMethod.GET;
	}

	@Override
	public boolean takesUuid() {
		return false;
	}

	@Override
	public Mono<Void> handle(Call call) {
		MediaType type = Accept.choose(call.headers(), MediaType.APPLICATION_JSON);
		return call.<Map<String, String>>invoke(null)
			.flatMap((answer) -> Reply.send(call.exchange(), HttpStatus.OK, type, Json.object(answer)));
	}

}
