package dev.crud.table;

import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one row and everything that is wrong with them.
 */
final class ValuesBuilder {

	private final Table table;

	private final @Nullable Object[] values;

	private final boolean[] seen;

	private final Violations violations = new Violations();

	ValuesBuilder(Table table) {
		this.table = table;
		this.values = new Object[table.columns().size()];
		this.seen = new boolean[this.values.length];
	}

	/**
	 * Notes that the row has a column.
	 * @param column the column's index
	 * @return false when the row had it before
	 */
	boolean see(int column) {
		if (this.seen[column]) {
			reject(column(column).name(), "must be there only once");
			return false;
		}
		this.seen[column] = true;
		return true;
	}

	void put(int column, @Nullable Object json) {
		try {
			this.values[column] = column(column).check(json);
		}
		catch (InvalidValueException ex) {
			reject(column(column).name(), ex.detail());
		}
	}

	void putText(int column, String text, ColumnType written) {
		try {
			this.values[column] = column(column).parse(text, written);
		}
		catch (InvalidValueException ex) {
			reject(column(column).name(), ex.detail());
		}
	}

	void reject(String name, String detail) {
		this.violations.add(Violation.of(name, detail));
	}

	private Column column(int column) {
		return this.table.columns().get(column);
	}

	/**
	 * Returns the values that were collected.
	 * @return the values
	 * @throws InvalidRowException when anything is wrong with the row
	 */
	Values build() {
		for (int i = 0; i < this.seen.length; i++) {
			if (!this.seen[i] && !column(i).optional()) {
				reject(column(i).name(), "is required");
			}
		}
		if (!this.violations.isEmpty()) {
			throw new InvalidRowException("The " + this.table.noun().singular() + " is not valid; see errors.",
					this.violations);
		}
		return new Values(this.values);
	}

}
