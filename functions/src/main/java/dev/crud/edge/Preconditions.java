package dev.crud.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Reads entity tags and preconditions (RFC 9110, sections 8.8.3 and 13). The entity tag
 * of a row is its version.
 */
final class Preconditions {

	private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

	private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,17}");

	private Preconditions() {
	}

	static String etag(long version) {
		return '"' + Long.toString(version) + '"';
	}

	/**
	 * Reads {@code If-Match}; weak tags never match.
	 * @param headers the request's headers
	 * @return the versions that match, or {@code null} when all do
	 */
	static @Nullable List<Long> ifMatch(HttpHeaders headers) {
		List<String> values = headers.get(HttpHeaders.IF_MATCH);
		return (values == null) ? null : versions(values, false);
	}

	/**
	 * Evaluates {@code If-None-Match}, weakly.
	 * @param headers the request's headers
	 * @param version the current version
	 * @return whether the client has that version already
	 */
	static boolean isKnown(HttpHeaders headers, long version) {
		List<String> values = headers.get(HttpHeaders.IF_NONE_MATCH);
		if (values == null) {
			return false;
		}
		List<Long> versions = versions(values, true);
		return versions == null || versions.contains(version);
	}

	private static @Nullable List<Long> versions(List<String> values, boolean weak) {
		List<Long> versions = new ArrayList<>();
		for (String value : values) {
			if (value.trim().equals("*")) {
				return null;
			}
			Matcher tags = TAG.matcher(value);
			while (tags.find()) {
				if ((weak || tags.group(1) == null) && VERSION.matcher(tags.group(2)).matches()) {
					versions.add(Long.valueOf(tags.group(2)));
				}
			}
		}
		return versions;
	}

}
