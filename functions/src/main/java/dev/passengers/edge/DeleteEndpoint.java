package dev.passengers.edge;

import java.util.UUID;

import dev.passengers.passenger.Deletion;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * {@code DELETE /deletepassenger/{uuid}}.
 */
final class DeleteEndpoint implements Endpoint {

	@Override
	public HttpMethod method() {
		return HttpMethod.DELETE;
	}

	@Override
	public boolean takesUuid() {
		return true;
	}

	@Override
	public Mono<Void> handle(Call call) {
		Mono<UUID> deleted = call.invoke(new Deletion(call.uuid(), Conditions.ifMatch(call.headers())));
		return deleted.flatMap((uuid) -> Reply.send(call.exchange(), HttpStatus.NO_CONTENT));
	}

}
