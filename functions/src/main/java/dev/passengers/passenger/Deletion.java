package dev.passengers.passenger;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Which passenger is to go.
 *
 * @param uuid which passenger
 * @param versions the versions that may be deleted, or {@code null} for any
 */
public record Deletion(UUID uuid, @Nullable List<Long> versions) {
}
