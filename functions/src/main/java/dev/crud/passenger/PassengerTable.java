package dev.crud.passenger;

import dev.crud.table.Noun;
import dev.crud.table.Table;

import static dev.crud.table.Column.column;
import static dev.crud.table.ColumnTypes.bool;
import static dev.crud.table.ColumnTypes.integer;
import static dev.crud.table.ColumnTypes.number;
import static dev.crud.table.ColumnTypes.oneOf;
import static dev.crud.table.ColumnTypes.text;
import static dev.crud.table.FilterKind.CONTAINS;
import static dev.crud.table.FilterKind.EQUAL;
import static dev.crud.table.FilterKind.MAX;
import static dev.crud.table.FilterKind.MIN;

/**
 * Declares the table of passengers. The checks in the migrations repeat what it allows.
 * The aliases are the header of the well-known Titanic file.
 */
public final class PassengerTable {

	/** The table. */
	public static final Table TABLE = new Table("passengers", new Noun("a", "passenger", "passengers"),
	// @formatter:off
			column("survived", bool(), "true").filtered(EQUAL).sortable().alias("Survived", bool("1", "0")),
			column("passengerClass", integer(1, 3), "2").filtered(EQUAL).sortable().alias("Pclass"),
			column("name", text(1, 150), "Ada Lovelace").filtered(CONTAINS).sortable().alias("Name"),
			column("sex", oneOf("male", "female"), "female").filtered(EQUAL).sortable().alias("Sex"),
			column("age", number(0, 150), "27.0").described("In years").filtered(MIN, MAX).sortable().alias("Age"),
			column("siblingsOrSpousesAboard", integer(0, 100), "0").sortable().alias("Siblings_Spouses_Aboard"),
			column("parentsOrChildrenAboard", integer(0, 100), "1").sortable().alias("Parents_Children_Aboard"),
			column("fare", number(0, 1_000_000), "13.0").filtered(MIN, MAX).sortable().alias("Fare"));
	// @formatter:on

	private PassengerTable() {
	}

}
