package dev.passengers.edge;

import java.util.List;

import dev.passengers.passenger.Listing;
import dev.passengers.passenger.Passenger;
import dev.passengers.passenger.PassengerQuery;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * {@code GET /passengerlist}.
 */
final class ListEndpoint implements Endpoint {

	/** About 27 KiB of JSON. */
	private static final int ROWS_A_PART = 128;

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
		Format format = Format.of(Accept.choose(call.headers(), Format.mediaTypes()));
		ListParameters parameters = ListParameters.parse(call.request().getURI().getRawQuery());
		Mono<Listing> listing = call.invoke(parameters.query());
		return listing.flatMap((list) -> {
			HttpHeaders headers = call.exchange().getResponse().getHeaders();
			headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT);
			if (list.total() != null) {
				headers.set("X-Total-Count", list.total().toString());
			}
			Integer limit = parameters.query().limit();
			return (limit != null) ? page(call, format, parameters, limit, list.passengers())
					: all(call, format, list.passengers());
		});
	}

	private static Mono<Void> all(Call call, Format format, Flux<Passenger> passengers) {
		Format.Writer writer = format.writer();
		Flux<byte[]> parts = passengers.buffer(ROWS_A_PART)
			.map(writer::rows)
			.concatWith(Mono.fromSupplier(writer::end));
		return Reply.stream(call.exchange(), format.mediaType(), parts);
	}

	/**
	 * A page is put together before it is sent, because its Link header says whether
	 * there is another. It has at most 1000 rows.
	 */
	private static Mono<Void> page(Call call, Format format, ListParameters parameters, int limit,
			Flux<Passenger> passengers) {
		return passengers.collectList().flatMap((found) -> {
			List<Passenger> rows = found.subList(0, Math.min(limit, found.size()));
			if (found.size() > limit) {
				call.exchange().getResponse().getHeaders().set(HttpHeaders.LINK, parameters.next(rows.get(limit - 1)));
			}
			return Reply.send(call.exchange(), HttpStatus.OK, format.mediaType(), format.writer().whole(rows));
		});
	}

}
