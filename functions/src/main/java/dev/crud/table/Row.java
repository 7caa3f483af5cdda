package dev.crud.table;

import java.util.UUID;

/**
 * A row as it is stored and answered.
 *
 * @param key its UUIDv7 (RFC 9562), assigned by the database
 * @param version 1 when created, one more with every change; the entity tag
 * @param json the row as a JSON object, as answers have it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Row(UUID key, long version, byte[] json) {
}
