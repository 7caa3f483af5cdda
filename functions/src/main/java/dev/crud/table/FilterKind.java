package dev.crud.table;

import java.util.Locale;

/**
 * How a filter compares the values of a column with the value of a query parameter.
 */
public enum FilterKind {

	/** The values are equal: {@code name=}. */
	EQUAL(""),
	/** The column's value contains the parameter's, ignoring case: {@code name=}. */
	CONTAINS(""),
	/** The column's value is at least the parameter's: {@code minName=}. */
	MIN("min"),
	/** The column's value is at most the parameter's: {@code maxName=}. */
	MAX("max"),
	/**
	 * The column has a value, or has none: {@code hasName=true} or {@code hasName=false}.
	 */
	PRESENT("has");

	private final String prefix;

	FilterKind(String prefix) {
		this.prefix = prefix;
	}

	String parameter(String column) {
		return this.prefix.isEmpty() ? column
				: this.prefix + column.substring(0, 1).toUpperCase(Locale.ROOT) + column.substring(1);
	}

}
