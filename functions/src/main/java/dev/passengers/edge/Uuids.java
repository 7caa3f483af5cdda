package dev.passengers.edge;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Reads UUIDs (RFC 9562) in their canonical form of 8-4-4-4-12 digits, in either case;
 * {@link UUID#fromString} alone would take much else.
 */
final class Uuids {

	private static final int LENGTH = 36;

	private Uuids() {
	}

	static @Nullable UUID parse(String text) {
		return isCanonical(text, 0) ? UUID.fromString(text) : null;
	}

	static boolean isCanonical(String text, int start) {
		if (text.length() - start != LENGTH) {
			return false;
		}
		for (int i = 0; i < LENGTH; i++) {
			char c = text.charAt(start + i);
			boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
			if (dash ? c != '-' : !isHexDigit(c)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isHexDigit(char c) {
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
	}

}
