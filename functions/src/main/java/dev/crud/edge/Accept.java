package dev.crud.edge;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/**
 * Chooses the format of an answer (RFC 9110, section 12.5.1).
 */
final class Accept {

	/** More are not looked at: each that is malformed costs an exception. */
	private static final int MAX_RANGES = 100;

	private Accept() {
	}

	/**
	 * Chooses the offer that the client prefers; the first one wins a tie.
	 * @param headers the request's headers
	 * @param offers the available media types
	 * @return one of the offers
	 * @throws ProblemException with status 406 when the client accepts none of them
	 */
	static MediaType choose(HttpHeaders headers, MediaType... offers) {
		List<String> values = headers.get(HttpHeaders.ACCEPT);
		if (values == null) {
			return offers[0];
		}
		List<MediaType> ranges = values.stream()
			.flatMap((value) -> MimeTypeUtils.tokenize(value).stream())
			.limit(MAX_RANGES)
			.flatMap(Accept::parse)
			.toList();
		MediaType best = null;
		for (MediaType offer : offers) {
			if (quality(offer, ranges) > ((best != null) ? quality(best, ranges) : 0)) {
				best = offer;
			}
		}
		if (best == null) {
			throw ProblemException.of(HttpStatus.NOT_ACCEPTABLE, "This path answers with "
					+ Arrays.stream(offers).map(MediaType::toString).collect(Collectors.joining(", ")) + ".");
		}
		return best;
	}

	/** A malformed range matches nothing; those beside it count. */
	private static Stream<MediaType> parse(String range) {
		try {
			return Stream.of(MediaType.parseMediaType(range));
		}
		catch (InvalidMediaTypeException ex) {
			return Stream.empty();
		}
	}

	/** Returns the quality that the most specific matching range gives an offer. */
	private static double quality(MediaType offer, List<MediaType> ranges) {
		MediaType match = null;
		for (MediaType range : ranges) {
			if (range.includes(offer) && (match == null || specificity(range) > specificity(match))) {
				match = range;
			}
		}
		return (match != null) ? match.getQualityValue() : 0;
	}

	private static int specificity(MediaType range) {
		return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
	}

}
