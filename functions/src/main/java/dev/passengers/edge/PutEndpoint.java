package dev.passengers.edge;

import java.util.Map;
import java.util.UUID;

import dev.passengers.passenger.JsonReader;
import dev.passengers.passenger.Passenger;
import dev.passengers.passenger.Replacement;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * {@code PUT /putpassenger/{uuid}}.
 */
final class PutEndpoint implements Endpoint {

	private static final Map<String, String> ACCEPTED = Map.of(HttpHeaders.ACCEPT, "application/json");

	@Override
	public HttpMethod method() {
		return HttpMethod.PUT;
	}

	@Override
	public boolean takesUuid() {
		return true;
	}

	@Override
	public Mono<Void> handle(Call call) {
		UUID uuid = call.uuid();
		if (!RequestBody.isJson(RequestBody.type(call.request(), "application/json", ACCEPTED))) {
			throw HttpProblem.unsupportedMediaType("application/json", ACCEPTED);
		}
		MediaType type = Accept.choose(call.headers(), MediaType.APPLICATION_JSON);
		return RequestBody.whole(call.request())
			.map((body) -> new Replacement(uuid, JsonReader.read(body, uuid), Conditions.ifMatch(call.headers())))
			.flatMap(call::<Passenger>invoke)
			.flatMap((replaced) -> {
				call.exchange().getResponse().getHeaders().set(HttpHeaders.ETAG, Conditions.etag(replaced.version()));
				return Reply.send(call.exchange(), HttpStatus.OK, type, Format.object(replaced));
			});
	}

}
