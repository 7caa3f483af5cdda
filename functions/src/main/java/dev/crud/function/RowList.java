package dev.crud.function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The result of listing, in the format that was asked for.
 *
 * @param total how many rows the filters let through, or {@code null} when the query does
 * not ask for it
 * @param next the position where the next page starts, or {@code null} when there is none
 * @param body the list, part by part: either a page that is complete, or all rows as they
 * stream from the database
 */
public record RowList(@Nullable Long total, @Nullable Position next, Flux<byte[]> body) {
}
