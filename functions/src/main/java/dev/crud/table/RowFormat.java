package dev.crud.table;

import java.nio.charset.StandardCharsets;

/**
 * The formats of a list: what is written at its start, before, between and after its
 * rows, and at its end.
 */
public enum RowFormat {

	/** A JSON array (RFC 8259). */
	JSON("[", "", ",", "", "]"),
	/** One JSON object on each line. */
	NDJSON("", "", "", "\n", ""),
	/** Comma-separated values with a header (RFC 4180). */
	CSV("", "", "", "\r\n", ""),
	/** One server-sent event for each row (HTML, section 9.2). */
	EVENTS("", "data:", "", "\n\n", "");

	final byte[] open;

	final byte[] before;

	final byte[] between;

	final byte[] after;

	final byte[] close;

	RowFormat(String open, String before, String between, String after, String close) {
		this.open = ascii(open);
		this.before = ascii(before);
		this.between = ascii(between);
		this.after = ascii(after);
		this.close = ascii(close);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
