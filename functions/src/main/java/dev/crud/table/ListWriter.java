package dev.crud.table;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Writes one list, row by row; its bytes are taken part by part.
 */
public final class ListWriter {

	/** The size of a part; the last row of a part may exceed it. */
	private static final int PART_BYTES = 16 * 1024;

	private final RowWriter rows;

	private final RowFormat format;

	private final Output out = new Output(PART_BYTES + 1024);

	private boolean empty = true;

	ListWriter(RowWriter rows, RowFormat format) {
		this.rows = rows;
		this.format = format;
	}

	/**
	 * Writes the next row.
	 * @param key the row's key
	 * @param values the row's values
	 */
	public void row(UUID key, @Nullable Object[] values) {
		if (this.empty) {
			open();
		}
		else {
			this.out.write(this.format.between);
		}
		this.out.write(this.format.before);
		if (this.format == RowFormat.CSV) {
			this.rows.csv(key, values, this.out);
		}
		else {
			this.rows.json(key, values, this.out);
		}
		this.out.write(this.format.after);
	}

	/**
	 * Writes the end of the list.
	 */
	public void end() {
		if (this.empty) {
			open();
		}
		this.out.write(this.format.close);
	}

	/**
	 * Returns whether there is enough for a part.
	 * @return whether {@link #take()} should be called
	 */
	public boolean hasPart() {
		return this.out.length() >= PART_BYTES;
	}

	/**
	 * Takes what was written since the last time.
	 * @return the bytes
	 */
	public byte[] take() {
		return this.out.take();
	}

	private void open() {
		this.empty = false;
		this.out.write(this.format.open);
		if (this.format == RowFormat.CSV) {
			this.rows.csvHeader(this.out);
		}
	}

}
