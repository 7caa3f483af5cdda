package dev.crud.table;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import reactor.core.publisher.Flux;

/**
 * Reads the rows of a bulk body as its bytes arrive. At most one incomplete row is kept.
 * After the first bad row no more rows are returned, but the others are still checked,
 * until there are more {@link Violations} than {@link #end()} can report.
 */
public abstract class RowReader {

	private static final int MAX_ROW_BYTES = 65536;

	private final ByteArrayOutputStream row = new ByteArrayOutputStream();

	private final Violations violations = new Violations();

	private final char quote;

	private Quoting quoting = Quoting.MAY_BEGIN;

	private boolean tooLong;

	private int line = 1;

	private int rowLine = 1;

	/**
	 * Creates a reader.
	 * @param quote the character between two of which a line break belongs to the row; 0
	 * for none. It begins a value, as commas separate them
	 */
	RowReader(char quote) {
		this.quote = quote;
	}

	/**
	 * Returns a reader of newline-delimited JSON, with one object on each line.
	 * @param table the table of the rows
	 * @return the reader
	 */
	public static RowReader ndjson(Table table) {
		JsonReader json = new JsonReader(table);
		return new RowReader('\0') {

			@Override
			void read(byte[] row, List<Values> rows) {
				rows.add(json.read(row));
			}

		};
	}

	/**
	 * Returns a reader of CSV (RFC 4180) with a header that names the columns, in any
	 * order.
	 * @param table the table of the rows
	 * @return the reader
	 */
	public static RowReader csv(Table table) {
		return new CsvReader(table);
	}

	/**
	 * Reads a whole body.
	 * @param body the bytes as they arrive
	 * @return the rows; an {@link InvalidRowException} at the end when any was bad
	 */
	public final Flux<Values> rows(Flux<byte[]> body) {
		return body.concatMapIterable(this::read).concatWith(Flux.defer(() -> Flux.fromIterable(end())));
	}

	/**
	 * Takes the next bytes.
	 * @param chunk any part of the body
	 * @return the rows that are complete now
	 */
	final List<Values> read(byte[] chunk) {
		List<Values> rows = new ArrayList<>();
		int start = 0;
		for (int i = 0; i < chunk.length; i++) {
			byte b = chunk[i];
			if (b == '\n') {
				this.line++;
				// A row that is too long ends with its line; otherwise an open quote
				// would swallow all other rows.
				if (this.quoting != Quoting.ON || this.tooLong) {
					append(chunk, start, i);
					endRow(rows);
					start = i + 1;
				}
			}
			else if (this.quote != 0) {
				this.quoting = next(b);
			}
		}
		append(chunk, start, chunk.length);
		return this.violations.isEmpty() ? rows : List.of();
	}

	/** Elsewhere a quote is an error of its row, and must not swallow others. */
	private Quoting next(byte b) {
		if (b == this.quote) {
			return switch (this.quoting) {
				case MAY_BEGIN, ENDED -> Quoting.ON;
				case ON -> Quoting.ENDED;
				case OFF -> Quoting.OFF;
			};
		}
		if (this.quoting == Quoting.ON) {
			return Quoting.ON;
		}
		boolean byteOrderMark = b < 0 && this.line == 1 && this.quoting == Quoting.MAY_BEGIN;
		return (b == ',' || byteOrderMark) ? Quoting.MAY_BEGIN : Quoting.OFF;
	}

	/**
	 * Takes the end of the body.
	 * @return the last row, if it had no line break
	 * @throws InvalidRowException when any row was bad
	 */
	final List<Values> end() {
		List<Values> rows = new ArrayList<>();
		endRow(rows);
		atEnd();
		if (!this.violations.isEmpty()) {
			throw new InvalidRowException("Nothing was inserted: there are bad rows; see errors.", this.violations);
		}
		return rows;
	}

	abstract void read(byte[] row, List<Values> rows);

	/** Passes over a row that is too long to be read. */
	void skip() {
	}

	void atEnd() {
	}

	final void reject(Violation violation) {
		this.violations.add(violation);
	}

	private void append(byte[] chunk, int start, int end) {
		if (this.row.size() + (end - start) > MAX_ROW_BYTES) {
			this.tooLong = true;
			this.row.reset();
		}
		else if (!this.tooLong) {
			this.row.write(chunk, start, end - start);
		}
	}

	private void endRow(List<Values> rows) {
		byte[] bytes = withoutCarriageReturn(this.row.toByteArray());
		if (!this.violations.more()) {
			try {
				if (this.tooLong) {
					skip();
					throw new InvalidRowException("must have at most " + MAX_ROW_BYTES + " bytes");
				}
				if (bytes.length > 0) {
					read(bytes, rows);
				}
			}
			catch (InvalidRowException ex) {
				reject(ex);
			}
		}
		this.row.reset();
		this.tooLong = false;
		this.quoting = Quoting.MAY_BEGIN;
		this.rowLine = this.line;
	}

	private void reject(InvalidRowException invalid) {
		if (invalid.violations().isEmpty()) {
			reject(new Violation(this.rowLine, "", String.valueOf(invalid.getMessage())));
		}
		this.violations.addAll(invalid.violations(), this.rowLine);
	}

	private static byte[] withoutCarriageReturn(byte[] bytes) {
		int length = bytes.length;
		return (length > 0 && bytes[length - 1] == '\r') ? Arrays.copyOf(bytes, length - 1) : bytes;
	}

	/** Whether a line break belongs to a value; two quotes within one are a quote. */
	private enum Quoting {

		/** A quote would begin a value. */
		MAY_BEGIN,

		/** Between quotes. */
		ON,

		/** After a quote that ends a value, unless another follows. */
		ENDED,

		/** In a value without quotes. */
		OFF

	}

}
