package dev.crud.function;

import java.util.List;
import java.util.UUID;

import dev.crud.table.Values;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks to replace a row with.
 *
 * @param key the key of the row
 * @param values all new values of the row
 * @param versions the versions that may be replaced, or {@code null} for any
 */
public record Replacement(UUID key, Values values, @Nullable List<Long> versions) {
}
