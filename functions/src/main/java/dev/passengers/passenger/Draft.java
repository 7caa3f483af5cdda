package dev.passengers.passenger;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Collects the fields of one passenger and everything that is wrong with them.
 */
final class Draft {

	private final Map<Field, Object> values = new EnumMap<>(Field.class);

	private final Set<Field> seen = EnumSet.noneOf(Field.class);

	private final Violations violations = new Violations();

	/**
	 * Notes that a field is there.
	 * @param field the field
	 * @return false when it was there before
	 */
	boolean see(Field field) {
		boolean first = this.seen.add(field);
		if (!first) {
			reject(field.jsonName(), "must be there only once");
		}
		return first;
	}

	void put(Field field, Object value) {
		try {
			this.values.put(field, field.check(value));
		}
		catch (BrokenRule broken) {
			reject(field.jsonName(), broken.detail());
		}
	}

	void putText(Field field, String text) {
		try {
			this.values.put(field, field.checkText(text));
		}
		catch (BrokenRule broken) {
			reject(field.jsonName(), broken.detail());
		}
	}

	void reject(String field, String detail) {
		this.violations.add(Violation.of(field, detail));
	}

	/**
	 * Returns what was collected.
	 * @return the details
	 * @throws InvalidPassenger with what is wrong
	 */
	Details details() {
		rejectMissing();
		if (!this.violations.isEmpty()) {
			throw new InvalidPassenger("The passenger is not valid; see errors.", this.violations);
		}
		return new Details(get(Field.SURVIVED, Boolean.class), get(Field.PASSENGER_CLASS, Integer.class),
				get(Field.NAME, String.class), get(Field.SEX, String.class), get(Field.AGE, Double.class),
				get(Field.SIBLINGS_OR_SPOUSES_ABOARD, Integer.class),
				get(Field.PARENTS_OR_CHILDREN_ABOARD, Integer.class), get(Field.FARE, Double.class));
	}

	private void rejectMissing() {
		for (Field field : Field.values()) {
			if (this.seen.add(field)) {
				reject(field.jsonName(), "is required");
			}
		}
	}

	private <T> T get(Field field, Class<T> type) {
		return Objects.requireNonNull(type.cast(this.values.get(field)));
	}

}
