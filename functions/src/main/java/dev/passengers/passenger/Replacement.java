package dev.passengers.passenger;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a passenger is to become.
 *
 * @param uuid which passenger
 * @param details all fields anew
 * @param versions the versions that may be replaced, or {@code null} for any
 */
public record Replacement(UUID uuid, Details details, @Nullable List<Long> versions) {
}
