package dev.crud.telemetry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The identifiers of a span (W3C Trace Context).
 *
 * @param trace 32 hexadecimal digits
 * @param span 16 hexadecimal digits
 */
public record TraceIds(String trace, String span) {

	/**
	 * Version ff and identifiers of zeros are invalid. Versions after 00 may have more at
	 * the end.
	 */
	private static final Pattern TRACEPARENT = Pattern.compile("(?!ff)(?!00.{54})[0-9a-f]{2}"
			+ "-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-[0-9a-f]{2}(?:-[!-~]{0,200})?");

	/**
	 * Reads a {@code traceparent}.
	 * @param traceparent the header's value, or {@code null}
	 * @return the identifiers of the client's span, or {@code null} when there are none
	 */
	public static @Nullable TraceIds parse(@Nullable String traceparent) {
		Matcher matcher = (traceparent != null) ? TRACEPARENT.matcher(traceparent) : null;
		return (matcher != null && matcher.matches()) ? new TraceIds(matcher.group(1), matcher.group(2)) : null;
	}

}
