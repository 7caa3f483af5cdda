package dev.crud.telemetry;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Measures how long the process took to start, and logs it in one line when the port is
 * open.
 */
public final class StartUp implements ApplicationListener<WebServerInitializedEvent> {

	private static final Logger logger = LoggerFactory.getLogger(StartUp.class);

	private long contextReady;

	private long databaseReady;

	private Map<String, Long> phases = Map.of();

	/** Ends the phase in which the application's context is made. */
	public void contextReady() {
		this.contextReady = System.currentTimeMillis();
	}

	/** Ends the phase in which a first connection to the database is waited for. */
	public void databaseReady() {
		this.databaseReady = System.currentTimeMillis();
	}

	@Override
	public synchronized void onApplicationEvent(WebServerInitializedEvent event) {
		long port = System.currentTimeMillis();
		long executed = ManagementFactory.getRuntimeMXBean().getStartTime();
		long context = event.getApplicationContext().getStartupDate();
		Map<String, Long> took = new LinkedHashMap<>();
		took.put("jvm", context - executed);
		took.put("context", this.contextReady - context);
		took.put("database", this.databaseReady - this.contextReady);
		took.put("port", port - this.databaseReady);
		this.phases = took;
		LoggingEventBuilder line = logger.atInfo().addKeyValue("milliseconds", port - executed);
		for (Map.Entry<String, Long> phase : took.entrySet()) {
			line = line.addKeyValue(phase.getKey(), phase.getValue());
		}
		line.log("started");
	}

	/**
	 * Returns how long each phase took: {@code jvm} from the JVM's own start, which is
	 * about 20 ms after the process was executed, {@code context}, {@code database} and
	 * {@code port}.
	 * @return the phases in this order, in milliseconds; none before the port is open
	 */
	synchronized Map<String, Long> phases() {
		return this.phases;
	}

}
