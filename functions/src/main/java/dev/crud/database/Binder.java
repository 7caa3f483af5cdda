package dev.crud.database;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.crud.table.Table;
import dev.crud.table.Values;
import io.r2dbc.spi.Parameters;

/**
 * Turns rows into the values of a statement's parameters, one for each column.
 */
final class Binder {

	private final Class<?>[] types;

	Binder(Table table) {
		this.types = table.columns().stream().map((column) -> column.type().javaType()).toArray(Class<?>[]::new);
	}

	/**
	 * Returns the parameters of a statement about one row.
	 * @param row the row
	 * @param more the values of the parameters that follow those of the row
	 * @return the values, in the order of the columns
	 */
	List<Object> row(Values row, Object... more) {
		List<Object> parameters = new ArrayList<>(this.types.length + more.length);
		for (int i = 0; i < this.types.length; i++) {
			Object value = row.get(i);
			parameters.add((value != null) ? value : Parameters.in(this.types[i]));
		}
		Collections.addAll(parameters, more);
		return parameters;
	}

	/**
	 * Returns the parameters of a statement about many rows.
	 * @param rows the rows
	 * @return an array of values for each column, in the order of the columns
	 */
	List<Object> rows(List<Values> rows) {
		List<Object> arrays = new ArrayList<>(this.types.length);
		for (int i = 0; i < this.types.length; i++) {
			Object array = Array.newInstance(this.types[i], rows.size());
			for (int row = 0; row < rows.size(); row++) {
				Array.set(array, row, rows.get(row).get(i));
			}
			arrays.add(array);
		}
		return arrays;
	}

}
