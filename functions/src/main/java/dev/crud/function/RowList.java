package dev.crud.function;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The result of listing, in the format that was asked for.
 */
public sealed interface RowList {

	/**
	 * Returns how many rows the filters let through.
	 * @return the number, or {@code null} when the query does not ask for it
	 */
	@Nullable Long total();

	/**
	 * A list that is complete, because it is a page or short.
	 *
	 * @param total how many rows the filters let through
	 * @param next the position where the next page starts, or {@code null} when there is
	 * none
	 * @param parts the list, part by part
	 */
	record Page(@Nullable Long total, @Nullable Position next, List<byte[]> parts) implements RowList {
	}

	/**
	 * A list that is read from the database while it is sent.
	 *
	 * @param total how many rows the filters let through
	 * @param parts the list, part by part
	 */
	record Stream(@Nullable Long total, Flux<byte[]> parts) implements RowList {
	}

}
