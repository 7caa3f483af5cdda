package dev.crud.table;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Dates of the Gregorian calendar.
 */
final class DateType extends QuotedType {

	private static final Pattern FORM = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

	final LocalDate min;

	final LocalDate max;

	DateType(String min, String max) {
		super("must be a date (YYYY-MM-DD) between " + min + " and " + max, LocalDate.class, "date",
				EnumSet.of(FilterKind.EQUAL, FilterKind.MIN, FilterKind.MAX), "date");
		this.min = LocalDate.parse(min);
		this.max = LocalDate.parse(max);
	}

	/** r2dbc-postgresql 1.1.3 shifts binary dates before October 15, 1582 by days. */
	@Override
	public boolean isReadAsText() {
		return true;
	}

	@Override
	@Nullable Object read(String text) {
		if (!FORM.matcher(text).matches()) {
			return null;
		}
		try {
			LocalDate date = LocalDate.parse(text);
			return (date.isBefore(this.min) || date.isAfter(this.max)) ? null : date;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

}
