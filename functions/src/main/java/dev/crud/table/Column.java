package dev.crud.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Declares a column: its names, the type of its values, and what lists can do with it.
 * Methods that add to a declaration return a new column.
 *
 * @param name the name in JSON, in CSV, in query parameters and in {@code sort}, in camel
 * case
 * @param inDatabase the name in the database, in snake case
 * @param type the type of its values
 * @param description a description for people, or empty
 * @param optional whether a value may be absent: it is then left out of JSON and an empty
 * field in CSV, and it comes after all others in ascending order and before them in
 * descending order
 * @param filters the kinds of filter that lists have for it
 * @param sorted whether lists can be sorted by it
 * @param alias another name in a CSV header, or {@code null}
 * @param example a value in the form it has in CSV
 */
public record Column(String name, String inDatabase, ColumnType type, String description, boolean optional,
		Set<FilterKind> filters, boolean sorted, @Nullable Alias alias, String example) {

	/**
	 * Checks that the declaration is consistent.
	 */
	public Column {
		if (!name.matches("[a-z][A-Za-z0-9]{0,62}") || !inDatabase.matches("[a-z][a-z0-9_]{0,62}")) {
			throw new IllegalArgumentException("A column is named in camel case: " + name);
		}
		filters = Set.copyOf(filters);
	}

	/**
	 * Returns a column in which every row has a value, without filters and not sortable.
	 * @param name the name in camel case; in the database it is in snake case
	 * @param type the type of its values
	 * @param example a value in the form it has in CSV
	 * @return the column
	 */
	public static Column column(String name, ColumnType type, String example) {
		String snake = name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
		return new Column(name, snake, type, "", false, Set.of(), false, null, example);
	}

	/**
	 * Returns the column with a description.
	 * @param text a few words for people, such as a unit
	 * @return a column
	 */
	public Column described(String text) {
		return new Column(this.name, this.inDatabase, this.type, text, this.optional, this.filters, this.sorted,
				this.alias, this.example);
	}

	/**
	 * Returns the column under another name in the database.
	 * @param identifier the name, in snake case
	 * @return a column
	 */
	public Column inDatabase(String identifier) {
		return new Column(this.name, identifier, this.type, this.description, this.optional, this.filters, this.sorted,
				this.alias, this.example);
	}

	/**
	 * Returns the column with values that may be absent.
	 * @return a column
	 */
	public Column orAbsent() {
		return new Column(this.name, this.inDatabase, this.type, this.description, true, this.filters, this.sorted,
				this.alias, this.example);
	}

	/**
	 * Returns the column with filters. If it is optional, it also gets a filter by
	 * presence.
	 * @param first the first kind
	 * @param more other kinds
	 * @return a column
	 */
	public Column filtered(FilterKind first, FilterKind... more) {
		return new Column(this.name, this.inDatabase, this.type, this.description, this.optional,
				EnumSet.of(first, more), this.sorted, this.alias, this.example);
	}

	/**
	 * Returns the column as one that lists can be sorted by.
	 * @return a column
	 */
	public Column sortable() {
		return new Column(this.name, this.inDatabase, this.type, this.description, this.optional, this.filters, true,
				this.alias, this.example);
	}

	/**
	 * Returns the column with an additional name in CSV headers, for files from
	 * elsewhere.
	 * @param header the name
	 * @return a column
	 */
	public Column alias(String header) {
		return alias(header, this.type);
	}

	/**
	 * Returns the column with an additional name in CSV headers, under which its values
	 * are written in another way.
	 * @param header the name
	 * @param written reads these values
	 * @return a column
	 */
	public Column alias(String header, ColumnType written) {
		return new Column(this.name, this.inDatabase, this.type, this.description, this.optional, this.filters,
				this.sorted, new Alias(header, written), this.example);
	}

	/**
	 * Checks a value of a JSON body.
	 * @param value the value, {@code null} for JSON's {@code null}
	 * @return the value to keep
	 * @throws InvalidValueException when it is not allowed
	 */
	Object check(@Nullable Object value) throws InvalidValueException {
		if (value == null) {
			throw new InvalidValueException(this.optional ? "must be absent rather than null" : "must not be null");
		}
		return this.type.check(value);
	}

	/**
	 * Checks a value that is written as text.
	 * @param text the text; empty for an absent value
	 * @return the value to keep, or {@code null} when it is absent
	 * @throws InvalidValueException when it is not allowed
	 */
	public @Nullable Object parse(String text) throws InvalidValueException {
		return parse(text, this.type);
	}

	@Nullable Object parse(String text, ColumnType written) throws InvalidValueException {
		return (this.optional && text.isEmpty()) ? null : written.parse(text);
	}

	/**
	 * Returns a value as text, in the form that {@link #parse} takes.
	 * @param value the value, or {@code null} when it is absent
	 * @return the text; empty for an absent value
	 */
	public String text(@Nullable Object value) {
		return (value != null) ? this.type.text(value) : "";
	}

	/**
	 * Returns the example as JSON.
	 * @return a JSON value
	 * @throws IllegalArgumentException when the example is not a value of the type
	 */
	public String exampleJson() {
		Output out = new Output(64);
		this.type.json(exampleValue(), out);
		return new String(out.take(), StandardCharsets.UTF_8);
	}

	/**
	 * Returns the example as the value that is stored. It is not checked before, because
	 * a cold start does not need it.
	 * @return the value
	 * @throws IllegalArgumentException when the column does not allow it
	 */
	public Object exampleValue() {
		try {
			return this.type.parse(this.example);
		}
		catch (InvalidValueException ex) {
			throw new IllegalArgumentException("The example of %s %s".formatted(this.name, ex.detail()), ex);
		}
	}

	/**
	 * Returns the filters in the order of their kinds.
	 * @return the filters
	 */
	List<Filter> allFilters() {
		Set<FilterKind> kinds = EnumSet.noneOf(FilterKind.class);
		kinds.addAll(this.filters);
		if (!this.type.filters().containsAll(kinds)
				|| kinds.containsAll(List.of(FilterKind.EQUAL, FilterKind.CONTAINS))) {
			throw new IllegalArgumentException("%s can't have the filters %s".formatted(this.name, kinds));
		}
		if (this.optional && !kinds.isEmpty()) {
			kinds.add(FilterKind.PRESENT);
		}
		List<Filter> filters = new ArrayList<>();
		kinds.forEach((kind) -> filters.add(new Filter(this, kind, kind.parameter(this.name))));
		return filters;
	}

	/**
	 * An additional name in CSV headers.
	 *
	 * @param header the name
	 * @param written reads values under that name
	 */
	public record Alias(String header, ColumnType written) {
	}

}
