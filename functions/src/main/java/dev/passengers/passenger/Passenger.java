package dev.passengers.passenger;

import java.util.UUID;

/**
 * A passenger as it is stored.
 *
 * @param uuid a UUIDv7 (RFC 9562), assigned by the database
 * @param version 1 when created, one more with every change; the entity tag
 * @param details what the client said
 */
public record Passenger(UUID uuid, long version, Details details) {
}
