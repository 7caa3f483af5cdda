package dev.crud.table;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Points in time to the microsecond, which is what Postgres keeps. They come back in UTC:
 * the same point in time, whatever offset it was written with.
 */
final class TimestampType extends QuotedType {

	/** The form of RFC 3339, section 5.6. */
	private static final Pattern FORM = Pattern.compile(
			"(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6}0*)?)(?:Z|([+-])([01]\\d|2[0-3]):([0-5]\\d))");

	TimestampType() {
		super("must be a time (RFC 3339) of the years 1 to 9999 with its offset, to the microsecond at most",
				OffsetDateTime.class, "timestamp with time zone",
				EnumSet.of(FilterKind.EQUAL, FilterKind.MIN, FilterKind.MAX), "date-time");
	}

	/** r2dbc-postgresql 1.1.3 shifts binary dates before October 15, 1582 by days. */
	@Override
	public boolean isReadAsText() {
		return true;
	}

	@Override
	@Nullable Object read(String text) {
		Matcher form = FORM.matcher(text);
		if (!form.matches() || form.group(1).length() > 40) {
			return null;
		}
		try {
			// Java allows offsets of up to 18 hours, RFC 3339 of up to 23:59.
			LocalDateTime utc = LocalDateTime.parse(withoutZeros(form.group(1))).minusMinutes(minutes(form));
			return (utc.getYear() < 1 || utc.getYear() > 9999) ? null : utc.atOffset(ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static String withoutZeros(String time) {
		return (time.length() > 26) ? time.substring(0, 26) : time;
	}

	private static long minutes(Matcher form) {
		if (form.group(2) == null) {
			return 0;
		}
		long minutes = 60 * Long.parseLong(form.group(3)) + Long.parseLong(form.group(4));
		return form.group(2).equals("-") ? -minutes : minutes;
	}

	@Override
	public String text(Object value) {
		return ((OffsetDateTime) value).toInstant().toString();
	}

}
