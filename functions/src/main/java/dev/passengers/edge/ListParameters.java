package dev.passengers.edge;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.passengers.passenger.BrokenRule;
import dev.passengers.passenger.Count;
import dev.passengers.passenger.Details;
import dev.passengers.passenger.Field;
import dev.passengers.passenger.Filter;
import dev.passengers.passenger.Passenger;
import dev.passengers.passenger.PassengerQuery;
import dev.passengers.passenger.Sort;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a list. Those that it does not know are left alone.
 *
 * @param given the known ones, decoded
 * @param query what they ask for
 */
record ListParameters(Map<String, String> given, PassengerQuery query) {

	private static final String LIMIT = "limit";

	private static final String AFTER = "after";

	/**
	 * Ours, for the Link header: with the value of the last row a page can follow it even
	 * when the row has changed or gone since.
	 */
	private static final String AFTER_VALUE = "afterValue";

	private static final String SORT = "sort";

	private static final String COUNT = "count";

	private static final Set<String> KNOWN = Stream
		.concat(Stream.of(LIMIT, AFTER, AFTER_VALUE, SORT, COUNT), Stream.of(Filter.values()).map(Filter::parameter))
		.collect(Collectors.toUnmodifiableSet());

	private static final Pattern LIMITS = Pattern.compile("[1-9]\\d{0,2}|1000");

	/**
	 * Reads a query string.
	 * @param rawQuery the string, with nothing decoded, or {@code null} for none
	 * @return the parameters
	 * @throws HttpProblem with status 400 when a known one is not allowed or there twice
	 */
	static ListParameters parse(@Nullable String rawQuery) {
		Map<String, String> given = given(rawQuery);
		Map<Filter, Object> filters = new EnumMap<>(Filter.class);
		for (Filter filter : Filter.values()) {
			String value = given.get(filter.parameter());
			if (value != null) {
				filters.put(filter, check(filter.parameter(), () -> filter.check(value)));
			}
		}
		Sort sort = sort(given.get(SORT));
		UUID after = after(given.get(AFTER));
		return new ListParameters(given, new PassengerQuery(filters, sort, after, afterValue(given, sort, after),
				limit(given.get(LIMIT)), count(given.get(COUNT))));
	}

	private static Map<String, String> given(@Nullable String rawQuery) {
		Map<String, String> given = new LinkedHashMap<>();
		if (rawQuery == null) {
			return given;
		}
		for (String parameter : rawQuery.split("&", -1)) {
			int equals = parameter.indexOf('=');
			String name = (equals < 0) ? parameter : parameter.substring(0, equals);
			if (KNOWN.contains(name)) {
				String value = decode(name, (equals < 0) ? "" : parameter.substring(equals + 1));
				if (given.put(name, value) != null) {
					throw bad(name, "must be there only once");
				}
			}
		}
		return given;
	}

	/**
	 * As HTML forms and URLSearchParams encode it; URLDecoder would let malformed UTF-8
	 * pass.
	 */
	private static String decode(String name, String raw) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int i = 0; i < raw.length(); i++) {
			char c = raw.charAt(i);
			if (c == '%') {
				bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
				i += 2;
			}
			else {
				bytes.write((c == '+') ? ' ' : c);
			}
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
		}
		catch (CharacterCodingException ex) {
			throw bad(name, "must be percent-encoded UTF-8");
		}
	}

	private static Sort sort(@Nullable String value) {
		if (value == null) {
			return Sort.BY_UUID;
		}
		boolean descending = value.startsWith("-");
		String name = descending ? value.substring(1) : value;
		Field field = Field.named(name);
		if (field == null && !name.equals("uuid")) {
			throw bad(SORT, "must be the name of a field, with - before it for descending order");
		}
		return new Sort(field, descending);
	}

	private static @Nullable UUID after(@Nullable String value) {
		UUID after = (value != null) ? Uuids.parse(value) : null;
		if (value != null && after == null) {
			throw bad(AFTER, "must be a uuid in its canonical form");
		}
		return after;
	}

	private static @Nullable Object afterValue(Map<String, String> given, Sort sort, @Nullable UUID after) {
		String value = given.get(AFTER_VALUE);
		Field field = sort.field();
		if (value == null) {
			return null;
		}
		if (field == null || after == null) {
			throw bad(AFTER_VALUE, "goes with sort and after");
		}
		return check(AFTER_VALUE, () -> field.checkText(value));
	}

	private static @Nullable Integer limit(@Nullable String value) {
		if (value != null && !LIMITS.matcher(value).matches()) {
			throw bad(LIMIT, "must be an integer between 1 and 1000");
		}
		return (value != null) ? Integer.valueOf(value) : null;
	}

	private static Count count(@Nullable String value) {
		return switch ((value != null) ? value : "false") {
			case "false" -> Count.NONE;
			case "estimated" -> Count.ESTIMATED;
			case "true" -> Count.EXACT;
			default -> throw bad(COUNT, "must be true, estimated or false");
		};
	}

	private static Object check(String name, Check check) {
		try {
			return check.value();
		}
		catch (BrokenRule broken) {
			throw bad(name, broken.detail());
		}
	}

	private static HttpProblem bad(String name, String detail) {
		return HttpProblem.badRequest("The query parameter " + name + " " + detail + ".");
	}

	/**
	 * Returns the Link header (RFC 8288) of the next page.
	 * @param last the last row of this page
	 * @return the value of the header
	 */
	String next(Passenger last) {
		Map<String, String> next = new LinkedHashMap<>(this.given);
		next.put(AFTER, last.uuid().toString());
		Field field = this.query.sort().field();
		if (field != null) {
			next.put(AFTER_VALUE, value(last.details(), field).toString());
		}
		return next.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&", "</passengerlist?", ">; rel=\"next\""));
	}

	private static Object value(Details details, Field field) {
		return switch (field) {
			case SURVIVED -> details.survived();
			case PASSENGER_CLASS -> details.passengerClass();
			case NAME -> details.name();
			case SEX -> details.sex();
			case AGE -> details.age();
			case SIBLINGS_OR_SPOUSES_ABOARD -> details.siblingsOrSpousesAboard();
			case PARENTS_OR_CHILDREN_ABOARD -> details.parentsOrChildrenAboard();
			case FARE -> details.fare();
		};
	}

	/** A check that may fail. */
	private interface Check {

		Object value() throws BrokenRule;

	}

}
