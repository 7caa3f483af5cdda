package dev.crud.function;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks to delete.
 *
 * @param key the key of the row
 * @param versions the versions that may be deleted, or {@code null} for any
 */
public record Deletion(UUID key, @Nullable List<Long> versions) {
}
