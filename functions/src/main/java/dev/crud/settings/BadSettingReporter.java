package dev.crud.settings;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.ChannelBindException;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Reports a bad setting in one line that names it, instead of a stack trace. Spring Boot
 * finds it in {@code META-INF/spring.factories}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BadSettingReporter implements SpringBootExceptionReporter {

	private static final Logger logger = LoggerFactory.getLogger(BadSettingReporter.class);

	/**
	 * Creates a reporter; Spring Boot calls this.
	 * @param context the application that did not start
	 */
	@SuppressWarnings("unused")
	BadSettingReporter(@Nullable ConfigurableApplicationContext context) {
	}

	@Override
	public boolean reportException(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String message = message(cause);
			if (message != null) {
				logger.error(message);
				return true;
			}
		}
		return false;
	}

	private static @Nullable String message(Throwable cause) {
		if (cause instanceof BadSettingException bad) {
			return bad.getMessage();
		}
		if (cause instanceof PortInUseException inUse) {
			return "SERVER_PORT is '" + inUse.getPort() + "', which is in use.";
		}
		return (cause instanceof ChannelBindException) ? "SERVER_ADDRESS or SERVER_PORT: " + cause.getMessage() : null;
	}

}
