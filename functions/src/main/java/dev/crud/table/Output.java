package dev.crud.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import tools.jackson.core.io.JsonStringEncoder;

/**
 * A buffer that answers are written into. Unlike the JDK's, it does not take a lock for
 * each of the thousands of pieces that a list consists of.
 */
final class Output {

	private byte[] bytes;

	private int length;

	/**
	 * Creates an empty buffer.
	 * @param capacity how many bytes it takes before it grows
	 */
	Output(int capacity) {
		this.bytes = new byte[capacity];
	}

	/**
	 * Returns how much was written.
	 * @return the number of bytes
	 */
	int length() {
		return this.length;
	}

	/**
	 * Returns what was written and empties the buffer.
	 * @return the bytes
	 */
	byte[] take() {
		byte[] taken = Arrays.copyOf(this.bytes, this.length);
		this.length = 0;
		return taken;
	}

	void write(char ascii) {
		reserve(1);
		this.bytes[this.length++] = (byte) ascii;
	}

	void write(byte[] source) {
		reserve(source.length);
		System.arraycopy(source, 0, this.bytes, this.length, source.length);
		this.length += source.length;
	}

	/**
	 * Writes a text of ASCII; of other characters this would cut off a half.
	 * @param text the text
	 */
	@SuppressWarnings("deprecation") // Nothing else copies a text at once.
	void ascii(String text) {
		int end = text.length();
		reserve(end);
		text.getBytes(0, end, this.bytes, this.length);
		this.length += end;
	}

	void utf8(String text) {
		write(text.getBytes(StandardCharsets.UTF_8));
	}

	void integer(long value) {
		if (value >= 0 && value < 100) {
			if (value >= 10) {
				write((char) ('0' + value / 10));
			}
			write((char) ('0' + value % 10));
		}
		else {
			ascii(Long.toString(value));
		}
	}

	/**
	 * Writes a JSON string (RFC 8259); Jackson does what is difficult, the escapes and
	 * UTF-8.
	 * @param text any text
	 */
	void quoted(String text) {
		write('"');
		if (isPlain(text)) {
			ascii(text);
		}
		else {
			write(JsonStringEncoder.getInstance().quoteAsUTF8(text));
		}
		write('"');
	}

	/** Returns whether a text is printable ASCII without anything to escape. */
	private static boolean isPlain(String text) {
		int end = text.length();
		for (int i = 0; i < end; i++) {
			char c = text.charAt(i);
			if (c < ' ' || c > '~' || c == '"' || c == '\\') {
				return false;
			}
		}
		return true;
	}

	private void reserve(int more) {
		if (this.length + more > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(2 * this.bytes.length, this.length + more));
		}
	}

}
