package dev.passengers.passenger;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a passenger in the order of the contract, each with its names and its
 * rule. JSON, CSV, sorting and the Titanic header all read them from here; the checks of
 * the table repeat the limits.
 */
public enum Field {

	SURVIVED("survived", "Survived", "survived", Rule.TRUTH),
	PASSENGER_CLASS("passengerClass", "Pclass", "passenger_class", Rule.integer(1, 3)),
	NAME("name", "Name", "name", Rule.NAME),

	SEX("sex", "Sex", "sex", Rule.SEX),

	AGE("age", "Age", "age", Rule.number(150)),

	SIBLINGS_OR_SPOUSES_ABOARD("siblingsOrSpousesAboard", "Siblings_Spouses_Aboard", "siblings_or_spouses_aboard",
			Rule.integer(0, 100)),

	PARENTS_OR_CHILDREN_ABOARD("parentsOrChildrenAboard", "Parents_Children_Aboard", "parents_or_children_aboard",
			Rule.integer(0, 100)),

	FARE("fare", "Fare", "fare", Rule.number(1_000_000));

	private static final Map<String, Field> BY_NAME = Stream.of(values())
		.collect(Collectors.toUnmodifiableMap(Field::jsonName, Function.identity()));

	private static final Map<String, Field> BY_TITANIC_NAME = Stream.of(values())
		.collect(Collectors.toUnmodifiableMap((field) -> field.titanicName, Function.identity()));

	private final String jsonName;

	private final String titanicName;

	private final String column;

	private final Rule rule;

	Field(String jsonName, String titanicName, String column, Rule rule) {
		this.jsonName = jsonName;
		this.titanicName = titanicName;
		this.column = column;
		this.rule = rule;
	}

	/**
	 * Returns the name in JSON, in CSV and in query parameters.
	 * @return the name, in camel case
	 */
	public String jsonName() {
		return this.jsonName;
	}

	/**
	 * Returns the column of the table.
	 * @return the name, in snake case
	 */
	public String column() {
		return this.column;
	}

	/**
	 * Finds the field of that name.
	 * @param jsonName a name, in camel case
	 * @return the field, or {@code null} when there is none
	 */
	public static @Nullable Field named(String jsonName) {
		return BY_NAME.get(jsonName);
	}

	/**
	 * Finds the field that a CSV header names, in either of its spellings.
	 * @param header a name of this project or of the usual Titanic file
	 * @return the field, or {@code null} when there is none
	 */
	static @Nullable Field inCsvHeader(String header) {
		Field field = BY_NAME.get(header);
		return (field != null) ? field : BY_TITANIC_NAME.get(header);
	}

	/**
	 * Checks a value against the rule of this field.
	 * @param value a {@link Boolean}, {@link BigDecimal} or {@link String}, as it was
	 * written
	 * @return the value to keep: {@link Boolean}, {@link Integer}, {@link Double} or
	 * {@link String}
	 * @throws BrokenRule when it is not allowed
	 */
	public Object check(Object value) throws BrokenRule {
		return this.rule.check(value);
	}

	/**
	 * Checks a value that is written as text, as it is in CSV and in query parameters.
	 * @param text the text
	 * @return the value to keep
	 * @throws BrokenRule when it is not allowed
	 */
	public Object checkText(String text) throws BrokenRule {
		return this.rule.check(this.rule.parse(text));
	}

}
