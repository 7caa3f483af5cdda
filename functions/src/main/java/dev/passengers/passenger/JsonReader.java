package dev.passengers.passenger;

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
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one passenger from a JSON object (RFC 8259, UTF-8), strictly, and reports
 * everything that is wrong with it at once.
 */
public final class JsonReader {

	private static final int MAX_DEPTH = 32;

	/** A range ends long before; what is longer is refused without being parsed. */
	private static final int MAX_NUMBER_LENGTH = 400;

	/**
	 * Stands for such a number, or for an exponent beyond BigDecimal's: no rule allows
	 * it.
	 */
	private static final Object TOO_LONG = new Object();

	private static final int MAX_BYTES = 65536;

	/**
	 * A long name or number is well-formed, so it is refused as a bad field, not as bad
	 * JSON.
	 */
	private static final JsonFactory JSON = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(MAX_DEPTH)
			.maxNameLength(MAX_BYTES)
			.maxNumberLength(MAX_BYTES)
			.build())
		.build();

	private JsonReader() {
	}

	/**
	 * Reads a passenger that has no uuid yet.
	 * @param body the bytes
	 * @return the details
	 * @throws InvalidPassenger when it is not such an object
	 */
	public static Details read(byte[] body) {
		return read(body, null);
	}

	/**
	 * Reads a passenger that replaces a stored one.
	 * @param body the bytes
	 * @param uuid the uuid that the body may repeat
	 * @return the details
	 * @throws InvalidPassenger when it is not such an object
	 */
	public static Details read(byte[] body, @Nullable UUID uuid) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), decode(body))) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw notAnObject();
			}
			Draft draft = new Draft();
			readFields(parser, draft, uuid);
			if (parser.nextToken() != null) {
				throw notAnObject();
			}
			return draft.details();
		}
		catch (JacksonException | CharacterCodingException ex) {
			throw notAnObject();
		}
	}

	private static String decode(byte[] body) throws CharacterCodingException {
		return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
	}

	private static void readFields(JsonParser parser, Draft draft, @Nullable UUID uuid) {
		Set<String> others = new HashSet<>();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken token = parser.nextToken();
			Field field = Field.named(name);
			if (field != null) {
				if (draft.see(field)) {
					readField(parser, token, field, draft);
				}
			}
			else if (!others.add(name)) {
				draft.reject(name, "must be there only once");
			}
			else if (!name.equals("uuid")) {
				draft.reject(name, "is not a field of a passenger");
			}
			else if (uuid == null) {
				draft.reject(name, "must be absent: the server assigns it");
			}
			else if (token != JsonToken.VALUE_STRING
					|| !parser.getString().toLowerCase(Locale.ROOT).equals(uuid.toString())) {
				draft.reject(name, "must be absent or the uuid of the path");
			}
			parser.skipChildren();
		}
	}

	private static void readField(JsonParser parser, JsonToken token, Field field, Draft draft) {
		switch (token) {
			case VALUE_NULL -> draft.reject(field.jsonName(), "must not be null");
			case VALUE_TRUE, VALUE_FALSE -> draft.put(field, token == JsonToken.VALUE_TRUE);
			case VALUE_STRING -> draft.put(field, parser.getString());
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> draft.put(field, number(parser));
			// No rule allows an array or an object, so it is refused as any wrong type
			// is.
			default -> draft.put(field, token);
		}
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

	private static InvalidPassenger notAnObject() {
		return new InvalidPassenger(
				"The body must be one JSON object (RFC 8259) in UTF-8, at most " + MAX_DEPTH + " levels deep.");
	}

}
