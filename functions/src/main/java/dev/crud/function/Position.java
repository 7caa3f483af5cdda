package dev.crud.function;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list starts: after this row.
 *
 * @param key the row's key
 * @param value the row's value in the column that the list is sorted by, or {@code null}
 * when the value is absent or the list is sorted by key
 * @param known whether the value is known, or has to be looked up
 */
public record Position(UUID key, @Nullable Object value, boolean known) {
}
