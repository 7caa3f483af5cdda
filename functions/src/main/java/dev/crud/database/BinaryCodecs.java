package dev.crud.database;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.netty.buffer.ByteBuf;
import io.r2dbc.postgresql.client.EncodedParameter;
import io.r2dbc.postgresql.codec.Codecs;
import io.r2dbc.postgresql.message.Format;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of the most common types as they are in Postgres's binary format. The
 * driver, which does all else, looks for a codec anew for each value of each row.
 *
 * @param driver the driver's codecs
 */
record BinaryCodecs(Codecs driver) implements Codecs {

	private static final int BOOL = 16;

	private static final int INT8 = 20;

	private static final int INT2 = 21;

	private static final int INT4 = 23;

	private static final int TEXT = 25;

	private static final int FLOAT8 = 701;

	private static final int UUID = 2950;

	@Override
	public <T> @Nullable T decode(@Nullable ByteBuf value, int dataType, Format format, Class<? extends T> type) {
		Object read = (value != null && format == Format.FORMAT_BINARY) ? read(value, dataType, type) : null;
		return (read != null) ? type.cast(read) : this.driver.decode(value, dataType, format, type);
	}

	private static @Nullable Object read(ByteBuf value, int dataType, Class<?> type) {
		return switch (dataType) {
			case BOOL -> (type == Boolean.class) ? value.readBoolean() : null;
			case INT2 -> (type == Long.class) ? (long) value.readShort() : null;
			case INT4 -> (type == Long.class) ? (long) value.readInt() : null;
			case INT8 -> (type == Long.class) ? value.readLong() : null;
			case FLOAT8 -> (type == Double.class) ? value.readDouble() : null;
			case TEXT -> (type == String.class) ? value.toString(StandardCharsets.UTF_8) : null;
			case UUID -> (type == UUID.class) ? new UUID(value.readLong(), value.readLong()) : null;
			default -> null;
		};
	}

	@Override
	public EncodedParameter encode(Object value) {
		return this.driver.encode(value);
	}

	@Override
	public EncodedParameter encodeNull(Class<?> type) {
		return this.driver.encodeNull(type);
	}

	@Override
	public @Nullable Class<?> preferredType(int dataType, Format format) {
		return this.driver.preferredType(dataType, format);
	}

}
