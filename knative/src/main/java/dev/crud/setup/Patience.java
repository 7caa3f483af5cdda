package dev.crud.setup;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Waits for something: pauses between attempts, logs the first wait, and gives up in the
 * end.
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
	 * Pauses before the next attempt.
	 * @param reason why there has to be another one
	 * @throws SetupException when it has taken too long
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
