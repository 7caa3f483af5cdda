package dev.crud.edge;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Has the parameters of a query string that a function knows, decoded, in the order in
 * which they were given.
 */
final class QueryString {

	private final Map<String, String> parameters;

	private QueryString(Map<String, String> parameters) {
		this.parameters = parameters;
	}

	/**
	 * Reads a query string. Parameters that the function does not know are ignored.
	 * @param rawQuery the query string, with nothing decoded, or {@code null} for none
	 * @param known the names of those that the function knows
	 * @return the known parameters
	 * @throws ProblemException with status 400 when a known one is malformed or given
	 * twice
	 */
	static QueryString parse(@Nullable String rawQuery, Set<String> known) {
		Map<String, String> given = new LinkedHashMap<>();
		if (rawQuery == null) {
			return new QueryString(given);
		}
		for (String parameter : rawQuery.split("&", -1)) {
			int equals = parameter.indexOf('=');
			String name = decode((equals < 0) ? parameter : parameter.substring(0, equals));
			if (name != null && known.contains(name)) {
				String value = decode((equals < 0) ? "" : parameter.substring(equals + 1));
				if (value == null) {
					throw bad(name, "must be percent-encoded UTF-8");
				}
				if (given.put(name, value) != null) {
					throw bad(name, "must be there only once");
				}
			}
		}
		return new QueryString(given);
	}

	/**
	 * Decodes what HTML forms and URLSearchParams encode. URLDecoder would accept
	 * malformed UTF-8; here it is {@code null}.
	 */
	private static @Nullable String decode(String raw) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int i = 0; i < raw.length(); i++) {
			char c = raw.charAt(i);
			if (c == '%') {
				bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
				i += 2;
			}
			else {
				bytes.write((c == '+') ? ' ' : c);
			}
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	static ProblemException bad(String name, String detail) {
		return ProblemException.badRequest("The query parameter " + name + " " + detail + ".");
	}

	/**
	 * Returns the value of a parameter.
	 * @param name its name
	 * @return its value, or {@code null} when it was not given
	 */
	@Nullable String get(String name) {
		return this.parameters.get(name);
	}

	/**
	 * Returns the query string with other parameters.
	 * @param others the parameters, which replace those of the same name
	 * @return a new query string
	 */
	QueryString with(Map<String, String> others) {
		Map<String, String> all = new LinkedHashMap<>(this.parameters);
		all.putAll(others);
		return new QueryString(all);
	}

	/**
	 * Returns the query string, encoded.
	 * @return names and values as HTML forms encode them
	 */
	@Override
	public String toString() {
		return this.parameters.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
	}

}
