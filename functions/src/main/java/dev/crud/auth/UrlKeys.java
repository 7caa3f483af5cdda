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
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keys at a URL of the issuer. The start waits for them for 2 s. They are fetched again,
 * while requests go on, when they are five minutes old, or ten seconds when a token names
 * an unknown key. A fetch that fails leaves the keys as they were, for an hour at most.
 * The JDK's client fetches them: Reactor Netty's has no https here without its QUIC.
 */
final class UrlKeys implements Keys {

	private static final Duration START = Duration.ofSeconds(2);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final Duration NONE = Duration.ofSeconds(1);

	private static final Duration UNKNOWN = Duration.ofSeconds(10);

	private static final Duration OLD = Duration.ofMinutes(5);

	/** A key that the issuer has withdrawn must not open anything for ever. */
	private static final Duration TOO_OLD = Duration.ofHours(1);

	private static final Logger logger = LoggerFactory.getLogger(UrlKeys.class);

	private final Mono<List<JsonWebKey>> fetch;

	private final AtomicLong asked = new AtomicLong(System.nanoTime());

	private volatile boolean asking;

	private volatile boolean broken;

	private volatile @Nullable Answer answer;

	UrlKeys(URI uri) {
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		HttpRequest request = HttpRequest.newBuilder(uri).build();
		this.fetch = Mono.fromFuture(() -> client.sendAsync(request, BodyHandlers.ofPublisher()))
			.flatMap((response) -> bytes(response).map((all) -> parse(response.statusCode(), all)))
			.timeout(TIMEOUT);
		try {
			arrived(Objects.requireNonNull(this.fetch.block(START)));
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
		return Keys.parse(all.toString(StandardCharsets.UTF_8));
	}

	@Override
	public @Nullable List<JsonWebKey> now() {
		Answer now = this.answer;
		if (now == null || (this.broken && System.nanoTime() - now.arrived > TOO_OLD.toNanos())) {
			fetchAfter(NONE);
			return null;
		}
		fetchAfter(OLD);
		return now.keys;
	}

	@Override
	public boolean missed() {
		return fetchAfter(UNKNOWN) || this.asking;
	}

	@SuppressWarnings("FutureReturnValueIgnored") // The keys or the log tell.
	private boolean fetchAfter(Duration age) {
		long before = this.asked.get();
		long now = System.nanoTime();
		if (now - before <= age.toNanos() || !this.asked.compareAndSet(before, now)) {
			return false;
		}
		this.asking = true;
		this.fetch.doFinally((end) -> this.asking = false).subscribe(this::arrived, this::failed);
		return true;
	}

	private void arrived(List<JsonWebKey> keys) {
		this.answer = new Answer(keys, System.nanoTime());
		this.broken = false;
	}

	private void failed(Throwable error) {
		if (!this.broken) {
			logger.warn("AUTH_KEYS can't be fetched; the keys stay as they are, for an hour at most", error);
		}
		this.broken = true;
	}

	/**
	 * What the issuer has answered.
	 *
	 * @param keys its keys
	 * @param arrived when, in nanoseconds
	 */
	private record Answer(List<JsonWebKey> keys, long arrived) {
	}

}
