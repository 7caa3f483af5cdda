package dev.crud.edge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Reads bodies, never beyond their limits.
 */
final class RequestBody {

	private static final int MAX_BYTES = 64 * 1024;

	private static final long MAX_BULK_BYTES = 100L * 1024 * 1024;

	private RequestBody() {
	}

	/**
	 * Reads the media type of a body, which is required.
	 * @param request the request
	 * @param accepted the media types that the path accepts, for people to read
	 * @param headers the headers that tell them to programs
	 * @return the media type
	 * @throws ProblemException with status 411 or 415
	 */
	static MediaType type(ServerHttpRequest request, String accepted, Map<String, String> headers) {
		HttpHeaders sent = request.getHeaders();
		if (sent.getContentLength() < 0 && !sent.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
			throw ProblemException.of(HttpStatus.LENGTH_REQUIRED,
					"A body is required, with its Content-Length or in chunks.");
		}
		if (!"identity".equalsIgnoreCase(sent.getFirst(HttpHeaders.CONTENT_ENCODING))
				&& sent.containsHeader(HttpHeaders.CONTENT_ENCODING)) {
			throw ProblemException.unsupportedMediaType(accepted + ", without Content-Encoding",
					Map.of(HttpHeaders.ACCEPT_ENCODING, "identity"));
		}
		MediaType type = parse(sent);
		if (type == null || (type.getCharset() != null && !StandardCharsets.UTF_8.equals(type.getCharset()))) {
			throw ProblemException.unsupportedMediaType(accepted, headers);
		}
		return type;
	}

	static boolean isJson(MediaType type) {
		return type.getType().equals("application")
				&& (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
	}

	private static @Nullable MediaType parse(HttpHeaders headers) {
		try {
			return headers.getContentType();
		}
		// The header is malformed, or names an unknown charset.
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Reads a whole body of at most 64 KiB.
	 * @param exchange the request
	 * @return the bytes, none for an empty body; a {@link ProblemException} with status
	 * 413 when there are more
	 */
	static Mono<byte[]> whole(HttpExchange exchange) {
		requireAtMost(MAX_BYTES, exchange.request().getHeaders().getContentLength());
		// Copied as they arrive, since a chunk may be one byte, and its buffer takes a
		// hundred.
		return body(exchange).reduceWith(ByteArrayOutputStream::new, RequestBody::add)
			.map(ByteArrayOutputStream::toByteArray);
	}

	private static ByteArrayOutputStream add(ByteArrayOutputStream all, DataBuffer buffer) {
		byte[] bytes = take(buffer);
		requireAtMost(MAX_BYTES, all.size() + bytes.length);
		all.writeBytes(bytes);
		return all;
	}

	/**
	 * Streams a body of at most 100 MiB.
	 * @param exchange the request
	 * @return the bytes as they arrive; a {@link ProblemException} with status 413 when
	 * there are more
	 */
	static Flux<byte[]> stream(HttpExchange exchange) {
		requireAtMost(MAX_BULK_BYTES, exchange.request().getHeaders().getContentLength());
		AtomicLong total = new AtomicLong();
		return body(exchange).map(RequestBody::take)
			.doOnNext((bytes) -> requireAtMost(MAX_BULK_BYTES, total.addAndGet(bytes.length)));
	}

	/** Reactor Netty ends a body that goes on as malformed HTTP as if it were whole. */
	private static Flux<DataBuffer> body(HttpExchange exchange) {
		return exchange.request()
			.getBody()
			.onErrorMap(ReadTimeoutException.class, (ex) -> ProblemException.tooSlow())
			.doOnComplete(() -> requireWellFormed(exchange));
	}

	private static void requireWellFormed(HttpExchange exchange) {
		if (MalformedBody.isSeen(exchange)) {
			throw ProblemException.malformedBody();
		}
	}

	private static void requireAtMost(long maxBytes, long bytes) {
		if (bytes > maxBytes) {
			throw ProblemException.tooLarge(maxBytes);
		}
	}

	private static byte[] take(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
