package dev.crud.setup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Credentials in files {@code <directory>/<name>/<key>}, for use without Kubernetes.
 * Postgres and the functions run as other users, so every user of the volume may read
 * them.
 */
final class FileCredentials extends Credentials {

	private final Path directory;

	FileCredentials(Path directory, Consumer<String> log) {
		super(log);
		this.directory = directory;
	}

	@Override
	boolean update(String name, Set<String> keys, UnaryOperator<Map<String, String>> change) {
		try (FileChannel turn = FileChannel.open(this.directory.resolve(".lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			// Held until the channel is closed or the process ends.
			turn.lock();
			Map<String, String> values = change.apply(read(name, keys));
			for (Map.Entry<String, String> each : values.entrySet()) {
				write(this.directory.resolve(name).resolve(each.getKey()), each.getValue());
			}
			return !values.isEmpty();
		}
		catch (IOException ex) {
			throw new SetupException("Credentials can't be written", ex);
		}
	}

	/** Writes all of it or nothing, even if the process ends in between. */
	private static void write(Path file, String value) throws IOException {
		Path parent = Files.createDirectories(file.resolveSibling("."));
		Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
		Path written = file.resolveSibling(file.getFileName() + ".new");
		Files.writeString(written, value, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
				StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
		Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-r--r--"));
		Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
	}

	@Override
	Map<String, String> read(String name, Set<String> keys) {
		Map<String, String> values = new LinkedHashMap<>();
		try {
			for (String key : keys) {
				Path file = this.directory.resolve(name).resolve(key);
				if (Files.exists(file)) {
					// An editor or echo may have ended it with a line break.
					values.put(key, Files.readString(file).strip());
				}
			}
			return values;
		}
		catch (IOException ex) {
			throw new SetupException("Credentials " + name + " can't be read", ex);
		}
	}

}
