package dev.crud.function;

import java.util.List;
import java.util.UUID;

import dev.crud.table.Values;
import org.jspecify.annotations.Nullable;

/**
 * What a row is to become.
 *
 * @param key which row
 * @param values all values anew
 * @param versions the versions that may be replaced, or {@code null} for any
 */
public record Replacement(UUID key, Values values, @Nullable List<Long> versions) {
}
