package dev.crud.auth;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keys at a URL of the issuer. The start waits for them for 2 s. They are fetched again,
 * while requests go on, when they are five minutes old, or ten seconds when a token names
 * an unknown key. A fetch that fails leaves the keys as they were. The JDK's client
 * fetches them: Reactor Netty's has no https here without its QUIC.
 */
final class UrlKeys implements Keys {

	private static final Duration START = Duration.ofSeconds(2);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final Duration NONE = Duration.ofSeconds(1);

	private static final Duration UNKNOWN = Duration.ofSeconds(10);

	private static final Duration OLD = Duration.ofMinutes(5);

	private static final Logger logger = LoggerFactory.getLogger(UrlKeys.class);

	private final Mono<List<JsonWebKey>> fetch;

	private final AtomicLong fetched = new AtomicLong(System.nanoTime());

	private volatile @Nullable List<JsonWebKey> keys;

	UrlKeys(URI uri) {
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		HttpRequest request = HttpRequest.newBuilder(uri).build();
		this.fetch = Mono.fromFuture(() -> client.sendAsync(request, BodyHandlers.ofPublisher()))
			.flatMap((response) -> bytes(response).map((all) -> parse(response.statusCode(), all)))
			.timeout(TIMEOUT);
		try {
			this.keys = this.fetch.block(START);
		}
		catch (RuntimeException ex) {
			failed(ex);
		}
	}

	private static Mono<ByteArrayOutputStream> bytes(HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
		return JdkFlowAdapter.flowPublisherToFlux(response.body())
			.concatMap(Flux::fromIterable)
			.reduceWith(ByteArrayOutputStream::new, UrlKeys::add);
	}

	private static ByteArrayOutputStream add(ByteArrayOutputStream all, ByteBuffer part) {
		byte[] bytes = new byte[part.remaining()];
		part.get(bytes);
		if (all.size() + bytes.length > MAX_BYTES) {
			throw new IllegalArgumentException("The issuer answers more than " + MAX_BYTES + " bytes");
		}
		all.writeBytes(bytes);
		return all;
	}

	private static List<JsonWebKey> parse(int status, ByteArrayOutputStream all) {
		if (status != 200) {
			throw new IllegalArgumentException("The issuer answers " + status);
		}
		try {
			return new JsonWebKeySet(all.toString(StandardCharsets.UTF_8)).getJsonWebKeys();
		}
		catch (JoseException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	@Override
	public @Nullable List<JsonWebKey> now() {
		List<JsonWebKey> now = this.keys;
		fetchAfter((now != null) ? OLD : NONE);
		return now;
	}

	@Override
	public void missed() {
		fetchAfter(UNKNOWN);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // The keys or the log tell.
	private void fetchAfter(Duration age) {
		long before = this.fetched.get();
		long now = System.nanoTime();
		if (now - before > age.toNanos() && this.fetched.compareAndSet(before, now)) {
			this.fetch.subscribe((keys) -> this.keys = keys, UrlKeys::failed);
		}
	}

	private static void failed(Throwable error) {
		logger.warn("AUTH_KEYS can't be fetched; the keys stay as they are", error);
	}

}
