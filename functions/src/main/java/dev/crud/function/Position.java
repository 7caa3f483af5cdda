package dev.crud.function;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list starts: behind this row.
 *
 * @param key the row's key
 * @param value its value of the column sorted by, or {@code null} when that is absent, or
 * there is no such column
 * @param known whether the value is known, or has to be looked up
 */
public record Position(UUID key, @Nullable Object value, boolean known) {
}
