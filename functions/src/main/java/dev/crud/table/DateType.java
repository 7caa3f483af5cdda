package dev.crud.table;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
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
		super("date");
		this.min = LocalDate.parse(min);
		this.max = LocalDate.parse(max);
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

	@Override
	String allowed() {
		return "must be a date (YYYY-MM-DD) between " + this.min + " and " + this.max;
	}

	@Override
	public Class<?> javaType() {
		return LocalDate.class;
	}

	@Override
	public String sqlType() {
		return "date";
	}

}
