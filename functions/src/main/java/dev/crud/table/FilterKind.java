package dev.crud.table;

import java.util.Locale;

/**
 * How a list can be narrowed by the values of a column.
 */
public enum FilterKind {

	/** The value is the parameter's, {@code name=}. */
	EQUAL(""),
	/** The value contains the parameter's, whatever the case of either, {@code name=}. */
	CONTAINS(""),
	/** The value is the parameter's or greater, {@code minName=}. */
	MIN("min"),
	/** The value is the parameter's or less, {@code maxName=}. */
	MAX("max"),
	/** The value is there, or is not, {@code hasName=true} or {@code false}. */
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
