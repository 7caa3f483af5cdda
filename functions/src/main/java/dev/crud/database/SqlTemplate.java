package dev.crud.database;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.crud.table.Column;
import dev.crud.table.Table;

/**
 * Fills a table's names into statements: {@code {table}}, {@code {row}} (the noun),
 * {@code {columns}} (all but the key and the version), {@code {values}} (a parameter for
 * each column, from {@code $1} on), and {@code {1}}, {@code {2}} for the parameters after
 * these. Everything that is filled in comes from the declaration.
 */
final class SqlTemplate {

	private final Table table;

	private final List<Column> columns;

	SqlTemplate(Table table) {
		this.table = table;
		this.columns = table.columns();
	}

	/**
	 * Fills in a statement.
	 * @param template the statement
	 * @return the text to run
	 */
	String fill(String template) {
		int values = this.columns.size();
		return template.replace("{table}", quote(this.table.name()))
			.replace("{row}", quote(this.table.noun().singular()))
			.replace("{columns}", all((column) -> quote(column.inDatabase())))
			.replace("{values}", parameters((i) -> "$" + (i + 1)))
			.replace("{assignments}", parameters((i) -> quote(this.columns.get(i).inDatabase()) + " = $" + (i + 1)))
			.replace("{arrays}", parameters((i) -> "$" + (i + 1) + "::" + this.columns.get(i).type().sqlType() + "[]"))
			.replace("{1}", "$" + (values + 1))
			.replace("{2}", "$" + (values + 2));
	}

	private String all(Function<Column, String> text) {
		return this.columns.stream().map(text).collect(Collectors.joining(", "));
	}

	private String parameters(Function<Integer, String> text) {
		return IntStream.range(0, this.columns.size()).boxed().map(text).collect(Collectors.joining(", "));
	}

	static String quote(String identifier) {
		return '"' + identifier + '"';
	}

}
