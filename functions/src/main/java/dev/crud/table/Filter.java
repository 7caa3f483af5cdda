package dev.crud.table;

/**
 * A filter of lists.
 *
 * @param column the column whose values it compares; absent values match only
 * {@code hasName=false}
 * @param kind how it compares values
 * @param parameter the name of the query parameter
 */
public record Filter(Column column, FilterKind kind, String parameter) {

	private static final ColumnType PRESENCE = ColumnTypes.bool();

	/**
	 * Checks a value of the parameter.
	 * @param text the value, decoded
	 * @return the value to compare with
	 * @throws InvalidValueException when it is not allowed
	 */
	public Object parse(String text) throws InvalidValueException {
		return switch (this.kind) {
			case CONTAINS -> this.column.type().parsePart(text);
			case PRESENT -> PRESENCE.parse(text);
			case EQUAL, MIN, MAX -> this.column.type().parse(text);
		};
	}

}
