package dev.passengers.edge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import dev.passengers.passenger.Passenger;
import dev.passengers.passenger.RowWriter;

import org.springframework.http.MediaType;

/**
 * The formats of a list: what goes before it, before, between and after its rows, and
 * behind it.
 */
enum Format {

	/** A JSON array (RFC 8259). */
	JSON(MediaType.APPLICATION_JSON, "[", "", ",", "", "]"),
	/** One JSON object a line. */
	NDJSON(MediaType.APPLICATION_NDJSON, "", "", "", "\n", ""),
	/** Comma-separated values with a header (RFC 4180). */
	CSV(new MediaType("text", "csv", StandardCharsets.UTF_8), "", "", "", "", ""),
	/** One server-sent event a row (HTML, section 9.2). */
	EVENTS(MediaType.TEXT_EVENT_STREAM, "", "data:", "", "\n\n", "");

	private final MediaType mediaType;

	private final byte[] open;

	private final byte[] before;

	private final byte[] between;

	private final byte[] after;

	private final byte[] close;

	Format(MediaType mediaType, String open, String before, String between, String after, String close) {
		this.mediaType = mediaType;
		this.open = ascii(open);
		this.before = ascii(before);
		this.between = ascii(between);
		this.after = ascii(after);
		this.close = ascii(close);
	}

	static MediaType[] mediaTypes() {
		return Stream.of(values()).map(Format::mediaType).toArray(MediaType[]::new);
	}

	static Format of(MediaType mediaType) {
		return Stream.of(values()).filter((format) -> format.mediaType.equals(mediaType)).findFirst().orElseThrow();
	}

	static byte[] object(Passenger passenger) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(320);
		RowWriter.json(passenger, out);
		return out.toByteArray();
	}

	MediaType mediaType() {
		return this.mediaType;
	}

	Writer writer() {
		return new Writer();
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Writes one list, part by part.
	 */
	final class Writer {

		private final BiConsumer<Passenger, ByteArrayOutputStream> row = (Format.this == CSV) ? RowWriter::csv
				: RowWriter::json;

		private boolean empty = true;

		byte[] whole(List<Passenger> passengers) {
			ByteArrayOutputStream out = new ByteArrayOutputStream(passengers.size() * 256 + 256);
			out.writeBytes(rows(passengers));
			out.writeBytes(end());
			return out.toByteArray();
		}

		byte[] rows(List<Passenger> passengers) {
			ByteArrayOutputStream out = new ByteArrayOutputStream(passengers.size() * 256);
			for (Passenger passenger : passengers) {
				separate(out);
				out.writeBytes(Format.this.before);
				this.row.accept(passenger, out);
				out.writeBytes(Format.this.after);
			}
			return out.toByteArray();
		}

		byte[] end() {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			if (this.empty) {
				open(out);
			}
			out.writeBytes(Format.this.close);
			return out.toByteArray();
		}

		private void separate(ByteArrayOutputStream out) {
			if (this.empty) {
				open(out);
				this.empty = false;
			}
			else {
				out.writeBytes(Format.this.between);
			}
		}

		private void open(ByteArrayOutputStream out) {
			out.writeBytes(Format.this.open);
			if (Format.this == CSV) {
				RowWriter.csvHeader(out);
			}
		}

	}

}
