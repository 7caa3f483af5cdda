package dev.crud.table;

/**
 * What a list can be narrowed by.
 *
 * @param column whose values count; absent ones match only where {@code hasName=false}
 * asks for them
 * @param kind how
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
