package dev.passengers.passenger;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A list as it streams from the database.
 *
 * @param total how many rows the filters let through, exactly or estimated, or
 * {@code null} when nobody asked
 * @param passengers the rows, with one more than the limit when more follow; each
 * subscription is a query
 */
public record Listing(@Nullable Long total, Flux<Passenger> passengers) {
}
