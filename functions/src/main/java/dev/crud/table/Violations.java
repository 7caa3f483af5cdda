package dev.crud.table;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with a body: of each bad field the first entry, however often it
 * is there, and no more than {@value #MAX}, so that a body full of errors takes no more
 * memory than any other.
 */
public final class Violations {

	/** How many entries are kept and reported. */
	public static final int MAX = 100;

	private final List<Violation> kept = new ArrayList<>();

	private boolean more;

	void add(Violation violation) {
		if (this.more || this.kept.stream().anyMatch(violation::hasSameField)) {
			return;
		}
		if (this.kept.size() < MAX) {
			this.kept.add(violation);
		}
		else {
			this.more = true;
		}
	}

	/**
	 * Adds what is wrong with one row of a bulk body.
	 * @param row what is wrong with the row
	 * @param line the row's line, counted from 1
	 */
	void addAll(Violations row, int line) {
		row.kept.forEach((violation) -> add(violation.atLine(line)));
		this.more |= row.more;
	}

	boolean isEmpty() {
		return this.kept.isEmpty();
	}

	/**
	 * Returns whether entries were left out.
	 * @return whether there were more than {@value #MAX} entries
	 */
	public boolean more() {
		return this.more;
	}

	/**
	 * Returns the entries that were kept.
	 * @return at most {@value #MAX} entries, in the order in which they were found
	 */
	public List<Violation> list() {
		return List.copyOf(this.kept);
	}

}
