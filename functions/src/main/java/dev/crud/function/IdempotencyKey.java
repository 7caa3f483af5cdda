package dev.crud.function;

/**
 * A client's key for one request. A request with the same key may be repeated for 24
 * hours.
 *
 * @param value 1 to 255 visible ASCII characters
 * @param fingerprint the SHA-256 of the body
 */
@SuppressWarnings("ArrayRecordComponent")
public record IdempotencyKey(String value, byte[] fingerprint) {
}
