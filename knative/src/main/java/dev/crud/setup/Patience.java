package dev.crud.setup;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Waiting for something, with a pause after each look, one line in the log, and an end.
 */
final class Patience {

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final Duration limit;

	private final Consumer<String> log;

	private final long start = System.nanoTime();

	private boolean told;

	Patience(Duration limit, Consumer<String> log) {
		this.limit = limit;
		this.log = log;
	}

	/**
	 * Pauses before the next look.
	 * @param reason what is waited for
	 * @throws SetupException when it took too long
	 */
	void pause(String reason) {
		if (System.nanoTime() - this.start > this.limit.toNanos()) {
			throw new SetupException("Gave up after %d s. %s".formatted(this.limit.toSeconds(), reason));
		}
		if (!this.told) {
			this.log.accept("Waiting at most %d s. %s".formatted(this.limit.toSeconds(), reason));
			this.told = true;
		}
		try {
			Thread.sleep(PAUSE.toMillis());
		}
		catch (InterruptedException ex) {
			throw new SetupException("Interrupted", ex);
		}
	}

}
