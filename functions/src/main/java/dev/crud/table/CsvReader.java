package dev.crud.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads rows from CSV (RFC 4180); the first row names the columns.
 */
final class CsvReader extends RowReader {

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private final Table table;

	private final List<CsvColumn> header = new ArrayList<>();

	private boolean headerSeen;

	CsvReader(Table table) {
		super('"');
		this.table = table;
	}

	@Override
	void read(byte[] row, List<Values> rows) {
		boolean isHeader = !this.headerSeen;
		this.headerSeen = true;
		if (isHeader) {
			String text = decode(row);
			readHeader(split(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
		}
		// Without a valid header no row can be checked.
		else if (!this.header.isEmpty()) {
			rows.add(readRow(split(decode(row))));
		}
	}

	@Override
	void skip() {
		this.headerSeen = true;
	}

	@Override
	void atEnd() {
		if (!this.headerSeen) {
			reject(new Violation(1, "", "must be a header that names the columns"));
		}
	}

	private void readHeader(List<String> names) {
		Violations violations = new Violations();
		boolean[] seen = new boolean[this.table.columns().size()];
		List<CsvColumn> found = new ArrayList<>();
		for (String name : names) {
			CsvColumn column = find(name);
			if (column == null) {
				violations.add(Violation.of(name, "is not a column of " + this.table.noun().withArticle()));
			}
			else if (seen[column.position]) {
				violations.add(Violation.of(name(column.position), "must be there only once"));
			}
			else {
				seen[column.position] = true;
				found.add(column);
			}
		}
		for (int i = 0; i < seen.length; i++) {
			if (!seen[i] && !this.table.columns().get(i).optional()) {
				violations.add(Violation.of(name(i), "is required as a column"));
			}
		}
		if (!violations.isEmpty()) {
			throw new InvalidRowException("The header is not valid.", violations);
		}
		this.header.addAll(found);
	}

	private @Nullable CsvColumn find(String name) {
		for (int i = 0; i < this.table.columns().size(); i++) {
			Column column = this.table.columns().get(i);
			if (column.name().equals(name)) {
				return new CsvColumn(i, column.type());
			}
			if (column.alias() != null && column.alias().header().equals(name)) {
				return new CsvColumn(i, column.alias().written());
			}
		}
		return null;
	}

	private String name(int column) {
		return this.table.columns().get(column).name();
	}

	private Values readRow(List<String> fields) {
		if (fields.size() != this.header.size()) {
			throw malformed("must have " + this.header.size() + " values, as the header has");
		}
		ValuesBuilder row = new ValuesBuilder(this.table);
		for (int i = 0; i < fields.size(); i++) {
			CsvColumn column = this.header.get(i);
			row.see(column.position);
			row.putText(column.position, fields.get(i), column.written);
		}
		return row.build();
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

	private static InvalidRowException malformed(String detail) {
		return new InvalidRowException(detail);
	}

	/** A column of the header, and how its values are written. */
	private record CsvColumn(int position, ColumnType written) {
	}

}
