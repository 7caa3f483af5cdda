package dev.passengers.passenger;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads passengers from CSV (RFC 4180); the first row names the columns.
 */
final class CsvReader extends RowReader {

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private final List<Field> columns = new ArrayList<>();

	private boolean headerSeen;

	/** The Titanic file says 0 and 1 under {@code Survived}. */
	private boolean survivedIsNumber;

	CsvReader() {
		super('"');
	}

	@Override
	void read(int line, byte[] row, List<Details> rows) {
		String text = decode(row);
		if (!this.headerSeen) {
			this.headerSeen = true;
			readHeader(split(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
		}
		// Without a good header no row can be judged.
		else if (!this.columns.isEmpty()) {
			rows.add(readRow(split(text)));
		}
	}

	@Override
	void atEnd() {
		if (!this.headerSeen) {
			reject(new Violation(1, "", "must be a header that names the columns"));
		}
	}

	private void readHeader(List<String> names) {
		Violations violations = new Violations();
		Set<Field> missing = EnumSet.allOf(Field.class);
		List<Field> found = new ArrayList<>();
		for (String name : names) {
			Field field = Field.inCsvHeader(name);
			if (field == null) {
				violations.add(Violation.of(name, "is not a column of a passenger"));
			}
			else if (!missing.remove(field)) {
				violations.add(Violation.of(field.jsonName(), "must be there only once"));
			}
			else {
				found.add(field);
				this.survivedIsNumber |= name.equals("Survived");
			}
		}
		missing.forEach((field) -> violations.add(Violation.of(field.jsonName(), "is required as a column")));
		if (!violations.isEmpty()) {
			throw new InvalidPassenger("The header is not valid.", violations);
		}
		this.columns.addAll(found);
	}

	private Details readRow(List<String> values) {
		if (values.size() != this.columns.size()) {
			throw malformed("must have " + this.columns.size() + " values, as the header has");
		}
		Draft draft = new Draft();
		for (int i = 0; i < values.size(); i++) {
			Field field = this.columns.get(i);
			draft.see(field);
			if (field == Field.SURVIVED && this.survivedIsNumber) {
				putNumber(draft, values.get(i));
			}
			else {
				draft.putText(field, values.get(i));
			}
		}
		return draft.details();
	}

	private static void putNumber(Draft draft, String value) {
		switch (value) {
			case "0", "1" -> draft.put(Field.SURVIVED, value.equals("1"));
			default -> draft.reject(Field.SURVIVED.jsonName(), "must be 0 or 1");
		}
	}

	private static List<String> split(String row) {
		List<String> values = new ArrayList<>();
		int at = 0;
		while (true) {
			StringBuilder value = new StringBuilder();
			at = (at < row.length() && row.charAt(at) == '"') ? quoted(row, at + 1, value) : plain(row, at, value);
			values.add(value.toString());
			if (at == row.length()) {
				return values;
			}
			if (row.charAt(at) != ',') {
				throw malformed("must have a comma after a closing quote");
			}
			at++;
		}
	}

	private static int plain(String row, int start, StringBuilder value) {
		int end = row.indexOf(',', start);
		end = (end < 0) ? row.length() : end;
		value.append(row, start, end);
		if (value.indexOf("\"") >= 0) {
			throw malformed("must have quotes around a value that contains one");
		}
		return end;
	}

	private static int quoted(String row, int start, StringBuilder value) {
		int at = start;
		while (true) {
			int end = row.indexOf('"', at);
			if (end < 0) {
				throw malformed("must have a closing quote");
			}
			value.append(row, at, end);
			if (end + 1 == row.length() || row.charAt(end + 1) != '"') {
				return end + 1;
			}
			value.append('"');
			at = end + 2;
		}
	}

	private static String decode(byte[] row) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(row)).toString();
		}
		catch (CharacterCodingException ex) {
			throw malformed("must be UTF-8");
		}
	}

	private static InvalidPassenger malformed(String detail) {
		return new InvalidPassenger(detail);
	}

}
