package dev.passengers.edge;

import dev.passengers.passenger.Passenger;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * {@code GET /getpassenger/{uuid}}.
 */
final class GetEndpoint implements Endpoint {

	@Override
	public HttpMethod method() {
		return HttpMethod.GET;
	}

	@Override
	public boolean takesUuid() {
		return true;
	}

	@Override
	public Mono<Void> handle(Call call) {
		MediaType type = Accept.choose(call.headers(), MediaType.APPLICATION_JSON);
		Mono<Passenger> passenger = call.invoke(call.uuid());
		return passenger.switchIfEmpty(Mono.error(HttpProblem::noSuchPassenger)).flatMap((found) -> {
			HttpHeaders headers = call.exchange().getResponse().getHeaders();
			headers.set(HttpHeaders.ETAG, Conditions.etag(found.version()));
			return Conditions.isKnown(call.headers(), found.version())
					? Reply.send(call.exchange(), HttpStatus.NOT_MODIFIED)
					: Reply.send(call.exchange(), HttpStatus.OK, type, Format.object(found));
		});
	}

}
