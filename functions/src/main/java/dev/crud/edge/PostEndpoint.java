package dev.crud.edge;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.crud.function.Created;
import dev.crud.function.Creation;
import dev.crud.function.IdempotencyKey;
import dev.crud.table.JsonReader;
import dev.crud.table.Row;
import dev.crud.table.RowReader;
import dev.crud.table.Table;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers {@code POST} of one row as JSON, or of many rows as NDJSON or CSV.
 */
final class PostEndpoint implements Endpoint {

	private static final String TYPES = "application/json, application/x-ndjson, text/csv";

	private static final Map<String, String> ACCEPTED = Map.of("Accept-Post", TYPES);

	private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,255}");

	private final Table table;

	private final JsonReader reader;

	private final String location;

	/**
	 * Creates an endpoint.
	 * @param table the table of the rows
	 * @param location the path that answers a row
	 */
	PostEndpoint(Table table, String location) {
		this.table = table;
		this.reader = new JsonReader(table);
		this.location = location;
	}

	@Override
	public Mono<Void> handle(FunctionRequest request) {
		MediaType sent = RequestBody.type(request.http(), TYPES, ACCEPTED);
		MediaType type = Accept.choose(request.headers(), MediaType.APPLICATION_JSON);
		String key = key(request.headers());
		Mono<Creation> creation = RequestBody.isJson(sent) ? one(request, key)
				: Mono.just(many(request, reader(sent), key));
		return creation.flatMap(request::<Created>invoke).flatMap((created) -> answer(request, type, created));
	}

	private static @Nullable String key(HttpHeaders headers) {
		List<String> values = headers.get("Idempotency-Key");
		if (values == null) {
			return null;
		}
		if (values.size() > 1 || !VISIBLE_ASCII.matcher(values.get(0)).matches()) {
			throw ProblemException
				.badRequest("Idempotency-Key must be one value of 1 to 255 visible ASCII characters.");
		}
		return values.get(0);
	}

	private Mono<Creation> one(FunctionRequest request, @Nullable String key) {
		return RequestBody.whole(request.exchange()).map((body) -> {
			IdempotencyKey once = (key != null) ? new IdempotencyKey(key, sha256().digest(body)) : null;
			return new Creation.One(this.reader.read(body), once);
		});
	}

	private RowReader reader(MediaType sent) {
		if (sent.equalsTypeAndSubtype(MediaType.APPLICATION_NDJSON)) {
			return RowReader.ndjson(this.table);
		}
		if (sent.equalsTypeAndSubtype(Formats.CSV)) {
			return RowReader.csv(this.table);
		}
		throw ProblemException.unsupportedMediaType(TYPES, ACCEPTED);
	}

	private static Creation many(FunctionRequest request, RowReader reader, @Nullable String key) {
		Flux<byte[]> body = RequestBody.stream(request.exchange());
		if (key == null) {
			return new Creation.Many(reader.rows(body), () -> null);
		}
		MessageDigest digest = sha256();
		return new Creation.Many(reader.rows(body.doOnNext(digest::update)),
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

	private Mono<Void> answer(FunctionRequest request, MediaType type, Created created) {
		if (created instanceof Created.Many many) {
			return Reply.send(request.exchange(), HttpStatus.CREATED, type, "{\"inserted\":" + many.inserted() + "}");
		}
		Row row = ((Created.One) created).row();
		HttpHeaders headers = request.exchange().response().getHeaders();
		headers.set(HttpHeaders.LOCATION, this.location + "/" + row.key());
		headers.set(HttpHeaders.ETAG, Preconditions.etag(row.version()));
		return Reply.send(request.exchange(), HttpStatus.CREATED, type, row.json());
	}

}
