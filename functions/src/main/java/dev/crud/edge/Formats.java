package dev.crud.edge;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.crud.table.RowFormat;

import org.springframework.http.MediaType;

/**
 * The media types of rows.
 */
final class Formats {

	static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

	/** The formats by media type, in the order in which they are offered. */
	private static final Map<MediaType, RowFormat> FORMATS = new LinkedHashMap<>();

	static {
		FORMATS.put(MediaType.APPLICATION_JSON, RowFormat.JSON);
		FORMATS.put(MediaType.APPLICATION_NDJSON, RowFormat.NDJSON);
		FORMATS.put(CSV, RowFormat.CSV);
		FORMATS.put(MediaType.TEXT_EVENT_STREAM, RowFormat.EVENTS);
	}

	private Formats() {
	}

	/**
	 * Returns the media types of a list.
	 * @return the media types, the default first
	 */
	static MediaType[] ofLists() {
		return FORMATS.keySet().toArray(MediaType[]::new);
	}

	/**
	 * Finds a format.
	 * @param type one of {@link #ofLists()}
	 * @return the format
	 */
	static RowFormat of(MediaType type) {
		return Objects.requireNonNull(FORMATS.get(type));
	}

}
