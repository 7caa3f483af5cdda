package dev.passengers.passenger;

/**
 * What a list can be narrowed by. A value obeys the rule of the field it narrows.
 */
public enum Filter {

	SURVIVED("survived"), PASSENGER_CLASS("passengerClass"), SEX("sex"), NAME("name"), MIN_AGE("minAge"),
	MAX_AGE("maxAge"), MIN_FARE("minFare"), MAX_FARE("maxFare");

	private final String parameter;

	Filter(String parameter) {
		this.parameter = parameter;
	}

	/**
	 * Returns the name of the query parameter.
	 * @return the name, in camel case
	 */
	public String parameter() {
		return this.parameter;
	}

	/**
	 * Checks a value of the parameter.
	 * @param text the value, decoded
	 * @return the value to compare with
	 * @throws BrokenRule when it is not allowed
	 */
	public Object check(String text) throws BrokenRule {
		return switch (this) {
			case SURVIVED -> Field.SURVIVED.checkText(text);
			case PASSENGER_CLASS -> Field.PASSENGER_CLASS.checkText(text);
			case SEX -> Field.SEX.checkText(text);
			case NAME -> Rule.PART_OF_NAME.check(text);
			case MIN_AGE, MAX_AGE -> Field.AGE.checkText(text);
			case MIN_FARE, MAX_FARE -> Field.FARE.checkText(text);
		};
	}

}
