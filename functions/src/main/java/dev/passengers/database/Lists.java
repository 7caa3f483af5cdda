package dev.passengers.database;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.passengers.passenger.Count;
import dev.passengers.passenger.Field;
import dev.passengers.passenger.Filter;
import dev.passengers.passenger.Listing;
import dev.passengers.passenger.Passenger;
import dev.passengers.passenger.PassengerQuery;
import dev.passengers.passenger.Refusal;
import dev.passengers.passenger.Sort;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Queries for lists. Their text is put together from the constants below and from names
 * of columns, never from anything a client sent, so that each combination is planned for
 * itself and can use its index; values are bound.
 */
class Lists {

	private static final String SELECT = """
			SELECT uuid, version, survived, passenger_class, name, sex, age,
			       siblings_or_spouses_aboard, parents_or_children_aboard, fare
			FROM passengers
			""";

	private static final Map<Filter, String> CONDITIONS = new EnumMap<>(Map.of(Filter.SURVIVED, "survived = :survived",
			Filter.PASSENGER_CLASS, "passenger_class = :passengerClass", Filter.SEX, "sex = :sex", Filter.NAME,
			"lower(name) LIKE '%' || lower(:name COLLATE pg_c_utf8) || '%'", Filter.MIN_AGE, "age >= :minAge",
			Filter.MAX_AGE, "age <= :maxAge", Filter.MIN_FARE, "fare >= :minFare", Filter.MAX_FARE,
			"fare <= :maxFare"));

	private static final String AFTER = "(%s, uuid) %s (:afterValue, :after)";

	private static final String VALUE_OF = "SELECT %1$s FROM passengers WHERE uuid = :after";

	private final DatabaseClient database;

	private final Cursors cursors;

	private final Counts counts;

	private final TimeLimit timeLimit;

	Lists(DatabaseClient database, Cursors cursors, Counts counts, TimeLimit timeLimit) {
		this.database = database;
		this.cursors = cursors;
		this.counts = counts;
		this.timeLimit = timeLimit;
	}

	Mono<Listing> list(PassengerQuery query) {
		return afterValue(query).map((value) -> query.from(value))
			.defaultIfEmpty(query)
			.flatMap((known) -> count(query).map((total) -> new Listing(total, rows(known)))
				.defaultIfEmpty(new Listing(null, rows(known))));
	}

	private Mono<Object> afterValue(PassengerQuery query) {
		Field field = query.sort().field();
		if (query.after() == null || field == null || query.afterValue() != null) {
			return Mono.empty();
		}
		return this.timeLimit.on(this.database.sql(VALUE_OF.formatted(field.column()))
			.bind("after", query.after())
			.map((row) -> Objects.requireNonNull(row.get(0)))
			.one()
			.switchIfEmpty(Mono.error(() -> new Refusal(Refusal.Reason.CURSOR_GONE))));
	}

	private Mono<Long> count(PassengerQuery query) {
		if (query.count() == Count.NONE) {
			return Mono.empty();
		}
		String from = "FROM passengers\n" + where(conditions(query));
		UnaryOperator<GenericExecuteSpec> values = (spec) -> bindFilters(spec, query);
		return (query.count() == Count.EXACT) ? this.counts.exact(from, values) : this.counts.estimated(from, values);
	}

	private Flux<Passenger> rows(PassengerQuery query) {
		Stream<String> after = Stream.ofNullable(query.after()).map((uuid) -> after(query.sort()));
		String sql = SELECT + where(Stream.concat(conditions(query), after)) + orderBy(query.sort());
		if (query.limit() != null) {
			String page = sql + "LIMIT " + (query.limit() + 1);
			return this.timeLimit.on(bind(this.database.sql(page), query).map(Rows::passenger).all().collectList())
				.flatMapIterable(Function.identity());
		}
		return this.cursors.rows(sql, (spec) -> bind(spec, query));
	}

	private static GenericExecuteSpec bind(GenericExecuteSpec statement, PassengerQuery query) {
		GenericExecuteSpec spec = bindFilters(statement, query);
		if (query.after() != null) {
			spec = spec.bind("after", query.after());
		}
		if (query.after() != null && query.afterValue() != null) {
			spec = spec.bind("afterValue", query.afterValue());
		}
		return spec;
	}

	private static Stream<String> conditions(PassengerQuery query) {
		return CONDITIONS.entrySet()
			.stream()
			.filter((entry) -> query.filters().containsKey(entry.getKey()))
			.map(Map.Entry::getValue);
	}

	private static GenericExecuteSpec bindFilters(GenericExecuteSpec spec, PassengerQuery query) {
		GenericExecuteSpec bound = spec;
		for (Map.Entry<Filter, Object> filter : query.filters().entrySet()) {
			Object value = filter.getValue();
			bound = bound.bind(filter.getKey().parameter(),
					(filter.getKey() == Filter.NAME) ? escapeLike((String) value) : value);
		}
		return bound;
	}

	private static String escapeLike(String text) {
		return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
	}

	private static String where(Stream<String> conditions) {
		String all = conditions.collect(Collectors.joining(" AND "));
		return all.isEmpty() ? "" : "WHERE " + all + "\n";
	}

	private static String after(Sort sort) {
		String than = sort.descending() ? "<" : ">";
		return (sort.field() == null) ? "uuid " + than + " :after" : AFTER.formatted(sort.field().column(), than);
	}

	private static String orderBy(Sort sort) {
		String direction = sort.descending() ? " DESC" : "";
		String first = (sort.field() == null) ? "" : sort.field().column() + direction + ", ";
		return "ORDER BY " + first + "uuid" + direction + "\n";
	}

}
