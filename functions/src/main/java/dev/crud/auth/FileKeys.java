package dev.crud.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jose4j.jwk.JsonWebKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys in a file, which is looked at again once a second. A file that can't be read
 * leaves the keys as they were.
 */
final class FileKeys implements Keys {

	private static final long SECOND = 1_000_000_000;

	private static final Logger logger = LoggerFactory.getLogger(FileKeys.class);

	private final Path file;

	private final AtomicLong looked = new AtomicLong(System.nanoTime());

	private volatile String text;

	private volatile List<JsonWebKey> keys;

	private volatile boolean broken;

	/**
	 * Reads the keys.
	 * @param file the file, or a link to it that may come to lead elsewhere
	 * @throws IOException when it can't be read
	 * @throws IllegalArgumentException when it is no set of keys
	 */
	FileKeys(Path file) throws IOException {
		this.file = file;
		this.text = read();
		this.keys = Keys.parse(this.text);
	}

	@Override
	public List<JsonWebKey> now() {
		long before = this.looked.get();
		long now = System.nanoTime();
		if (now - before > SECOND && this.looked.compareAndSet(before, now)) {
			look();
		}
		return this.keys;
	}

	/**
	 * The content is compared, because a file may change twice within a tick of its time.
	 */
	private void look() {
		try {
			String read = read();
			if (!read.equals(this.text)) {
				this.keys = Keys.parse(read);
				this.text = read;
				logger.info("AUTH_KEYS: read again");
			}
			this.broken = false;
		}
		catch (IOException | IllegalArgumentException ex) {
			if (!this.broken) {
				logger.warn("AUTH_KEYS can't be read; the keys stay as they are", ex);
			}
			this.broken = true;
		}
	}

	private String read() throws IOException {
		if (Files.size(this.file) > MAX_BYTES) {
			throw new IOException(this.file + " has more than " + MAX_BYTES + " bytes");
		}
		return Files.readString(this.file);
	}

}
