package dev.crud.table;

import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * UUIDs (RFC 9562) in their canonical form of 8-4-4-4-12 digits, in either case;
 * {@link UUID#fromString} alone would also accept other forms.
 */
public final class UuidType extends QuotedType {

	private static final int LENGTH = 36;

	UuidType() {
		super("must be a uuid in its canonical form of 8-4-4-4-12 hexadecimal digits", UUID.class, "uuid",
				Set.of(FilterKind.EQUAL), "uuid");
	}

	/**
	 * Reads a UUID.
	 * @param text the text
	 * @return the UUID, or {@code null} when the text is not in canonical form
	 */
	public static @Nullable UUID uuid(String text) {
		return isCanonical(text, 0) ? UUID.fromString(text) : null;
	}

	/**
	 * Checks whether a text ends with a UUID.
	 * @param text the text
	 * @param start the index at which the UUID must start
	 * @return whether there is a UUID in canonical form
	 */
	public static boolean isCanonical(String text, int start) {
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

	@Override
	@Nullable Object read(String text) {
		return uuid(text);
	}

}
