package dev.passengers.edge;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.passengers.passenger.IdempotencyKey;
import dev.passengers.passenger.JsonReader;
import dev.passengers.passenger.Passenger;
import dev.passengers.passenger.Posted;
import dev.passengers.passenger.Posting;
import dev.passengers.passenger.RowReader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * {@code POST /postpassenger}, one passenger as JSON or many as NDJSON or CSV.
 */
final class PostEndpoint implements Endpoint {

	private static final String TYPES = "application/json, application/x-ndjson, text/csv";

	private static final Map<String, String> ACCEPTED = Map.of("Accept-Post", TYPES);

	private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,255}");

	@Override
	public HttpMethod method() {
		return HttpMethod.POST;
	}

	@Override
	public boolean takesUuid() {
		return false;
	}

	@Override
	public Mono<Void> handle(Call call) {
		MediaType sent = RequestBody.type(call.request(), TYPES, ACCEPTED);
		MediaType type = Accept.choose(call.headers(), MediaType.APPLICATION_JSON);
		String key = key(call.headers());
		Mono<Posting> posting = RequestBody.isJson(sent) ? one(call, key) : Mono.just(many(call, reader(sent), key));
		return posting.flatMap(call::<Posted>invoke).flatMap((posted) -> answer(call, type, posted));
	}

	private static @Nullable String key(HttpHeaders headers) {
		List<String> values = headers.get("Idempotency-Key");
		if (values == null) {
			return null;
		}
		if (values.size() > 1 || !VISIBLE_ASCII.matcher(values.get(0)).matches()) {
			throw HttpProblem.badRequest("Idempotency-Key must be one value of 1 to 255 visible ASCII characters.");
		}
		return values.get(0);
	}

	private static Mono<Posting> one(Call call, @Nullable String key) {
		return RequestBody.whole(call.request()).map((body) -> {
			IdempotencyKey once = (key != null) ? new IdempotencyKey(key, sha256().digest(body)) : null;
			return new Posting.One(JsonReader.read(body), once);
		});
	}

	private static RowReader reader(MediaType sent) {
		if (sent.equalsTypeAndSubtype(MediaType.APPLICATION_NDJSON)) {
			return RowReader.ndjson();
		}
		if (sent.equalsTypeAndSubtype(Format.CSV.mediaType())) {
			return RowReader.csv();
		}
		throw HttpProblem.unsupportedMediaType(TYPES, ACCEPTED);
	}

	private static Posting many(Call call, RowReader reader, @Nullable String key) {
		Flux<byte[]> body = RequestBody.stream(call.request());
		if (key == null) {
			return new Posting.Many(reader.rows(body), () -> null);
		}
		MessageDigest digest = sha256();
		return new Posting.Many(reader.rows(body.doOnNext(digest::update)),
				() -> new IdempotencyKey(key, digest.digest()));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private static Mono<Void> answer(Call call, MediaType type, Posted posted) {
		if (posted instanceof Posted.Many many) {
			return Reply.send(call.exchange(), HttpStatus.CREATED, type, "{\"inserted\":" + many.inserted() + "}");
		}
		Passenger passenger = ((Posted.One) posted).passenger();
		HttpHeaders headers = call.exchange().getResponse().getHeaders();
		headers.set(HttpHeaders.LOCATION, "/getpassenger/" + passenger.uuid());
		headers.set(HttpHeaders.ETAG, Conditions.etag(passenger.version()));
		return Reply.send(call.exchange(), HttpStatus.CREATED, type, Format.object(passenger));
	}

}
