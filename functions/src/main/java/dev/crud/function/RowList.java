package dev.crud.function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A list, written in the format that was asked for.
 *
 * @param total how many rows the filters let through, or {@code null} when nobody asked
 * @param next where the next page starts, or {@code null} when there is none
 * @param body what to send, part by part: a whole page at once, or all rows as they
 * stream from the database
 */
public record RowList(@Nullable Long total, @Nullable Position next, Flux<byte[]> body) {
}
