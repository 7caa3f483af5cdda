package dev.crud.edge;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

import org.springframework.core.NestedExceptionUtils;

/**
 * Logs failures. The first of each kind is logged with its cause. Those of the same kind
 * that follow are counted, and a line every 10 s says how many there were, until there
 * are no more.
 */
final class FailureLog {

	private static final Duration SUMMARY = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(FailureLog.class);

	/** How many failures of each kind were counted but not logged yet. */
	private final Map<String, Long> storms = new ConcurrentHashMap<>();

	/**
	 * Logs a failure or counts it.
	 * @param message what failed
	 * @param event the log event, still without message and cause
	 * @param level the level of the event
	 * @param error the cause
	 * @param timer runs the summary when its time has come
	 */
	void add(String message, LoggingEventBuilder event, Level level, Throwable error, ScheduledExecutorService timer) {
		String kind = message + ": " + Failures.kind(error);
		if (this.storms.merge(kind, 0L, (counted, none) -> counted + 1) > 0) {
			return;
		}
		event.setCause(error).log(message);
		String cause = NestedExceptionUtils.getMostSpecificCause(error).toString();
		sumUpLater(kind, level, message + ", as before: " + cause, timer);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // Runs until no more failures of this
													// kind occur.
	private void sumUpLater(String kind, Level level, String message, ScheduledExecutorService timer) {
		timer.schedule(() -> sumUp(kind, level, message, timer), SUMMARY.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void sumUp(String kind, Level level, String message, ScheduledExecutorService timer) {
		if (this.storms.remove(kind, 0L)) {
			return;
		}
		long count = Objects.requireNonNull(this.storms.put(kind, 0L));
		logger.atLevel(level).addKeyValue("count", count).log(message);
		sumUpLater(kind, level, message, timer);
	}

}
