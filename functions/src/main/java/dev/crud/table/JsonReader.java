package dev.crud.table;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one row from a JSON object (RFC 8259, UTF-8), strictly, and reports everything
 * that is wrong with it at once.
 */
public final class JsonReader {

	private static final int MAX_DEPTH = 32;

	/** The longest number that is parsed; no range allows one that is longer. */
	private static final int MAX_NUMBER_LENGTH = 400;

	/**
	 * Stands for a number that is longer, or whose exponent is too large for BigDecimal.
	 * No type allows it.
	 */
	private static final Object TOO_LONG = new Object();

	private static final int MAX_BYTES = 65536;

	/**
	 * Accepts names and numbers of any length that a body may have: a long one is
	 * well-formed, so it is refused as a bad field, not as malformed JSON. By default it
	 * would keep thousands of the names it has read, however long, for later bodies.
	 */
	private static final JsonFactory JSON = JsonFactory.builder()
		.disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(MAX_DEPTH)
			.maxNameLength(MAX_BYTES)
			.maxNumberLength(MAX_BYTES)
			.build())
		.build();

	private final Table table;

	/**
	 * Creates a reader.
	 * @param table the table of the rows
	 */
	public JsonReader(Table table) {
		this.table = table;
	}

	/**
	 * Reads a row that has no key yet.
	 * @param body the bytes
	 * @return the values
	 * @throws InvalidRowException when the body is not such an object
	 */
	public Values read(byte[] body) {
		return read(body, null);
	}

	/**
	 * Reads a row that replaces a stored one.
	 * @param body the bytes
	 * @param key the key that the body may repeat
	 * @return the values
	 * @throws InvalidRowException when the body is not such an object
	 */
	public Values read(byte[] body, @Nullable UUID key) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), decode(body))) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw notAnObject();
			}
			ValuesBuilder row = new ValuesBuilder(this.table);
			readMembers(parser, row, key);
			if (parser.nextToken() != null) {
				throw notAnObject();
			}
			return row.build();
		}
		catch (JacksonException | CharacterCodingException ex) {
			throw notAnObject();
		}
	}

	private static String decode(byte[] body) throws CharacterCodingException {
		return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
	}

	private void readMembers(JsonParser parser, ValuesBuilder row, @Nullable UUID key) {
		Set<String> others = new HashSet<>();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken token = parser.nextToken();
			int column = this.table.position(name);
			if (column >= 0) {
				if (row.see(column)) {
					row.put(column, value(parser, token));
				}
			}
			else if (!others.add(name)) {
				row.reject(name, "must be there only once");
			}
			else if (!name.equals(Table.KEY)) {
				row.reject(name, "is not a field of " + this.table.noun().withArticle());
			}
			else if (key == null) {
				row.reject(name, "must be absent: the server assigns it");
			}
			else if (token != JsonToken.VALUE_STRING
					|| !parser.getString().toLowerCase(Locale.ROOT).equals(key.toString())) {
				row.reject(name, "must be absent or the uuid of the path");
			}
			parser.skipChildren();
		}
	}

	private static @Nullable Object value(JsonParser parser, JsonToken token) {
		return switch (token) {
			case VALUE_NULL -> null;
			case VALUE_TRUE, VALUE_FALSE -> token == JsonToken.VALUE_TRUE;
			case VALUE_STRING -> parser.getString();
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
			// No type allows an array or an object, so it is refused like any other value
			// of a wrong type.
			default -> token;
		};
	}

	private static Object number(JsonParser parser) {
		String text = parser.getString();
		if (text.length() > MAX_NUMBER_LENGTH) {
			return TOO_LONG;
		}
		try {
			return new BigDecimal(text);
		}
		catch (NumberFormatException ex) {
			return TOO_LONG;
		}
	}

	private static InvalidRowException notAnObject() {
		return new InvalidRowException(
				"The body must be one JSON object (RFC 8259) in UTF-8, at most " + MAX_DEPTH + " levels deep.");
	}

}
