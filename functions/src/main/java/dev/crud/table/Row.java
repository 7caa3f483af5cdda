package dev.crud.table;

import java.util.UUID;

/**
 * A row as it is stored and answered.
 *
 * @param key its UUIDv7 (RFC 9562), assigned by the database
 * @param version the version: 1 when created, and one more with every change; it is the
 * entity tag
 * @param json the row as a JSON object, as it is answered
 */
@SuppressWarnings("ArrayRecordComponent")
public record Row(UUID key, long version, byte[] json) {
}
