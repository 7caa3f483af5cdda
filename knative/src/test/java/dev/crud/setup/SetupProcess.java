package dev.crud.setup;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.crud.Declaration;

/**
 * Runs the setup as its image does: the packaged artifact, in a process of its own.
 */
final class SetupProcess {

	private static final long LIMIT_SECONDS = 120;

	/** The exit status that Java reports for a process that SIGKILL ended. */
	private static final int KILLED = 128 + 9;

	private final Process process;

	private final BufferedReader output;

	private final List<String> lines = new ArrayList<>();

	private SetupProcess(Process process) {
		this.process = process;
		this.output = process.inputReader();
	}

	/**
	 * Starts the setup.
	 * @param environment its environment variables
	 * @param argument {@code credentials}, or nothing
	 * @param more more entries for its class path
	 * @return the running process
	 */
	static SetupProcess start(Map<String, String> environment, String argument, Path... more) {
		String classPath = Stream
			.concat(Stream.of("target/" + Declaration.FUNCTIONS.noun().singular() + "-knative.jar", "target/lib/*"),
					Stream.of(more).map(Path::toString))
			.collect(Collectors.joining(File.pathSeparator));
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"@java.options", "-cp", classPath, Setup.class.getName(), argument));
		command.removeIf(String::isEmpty);
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().putAll(environment);
		try {
			return new SetupProcess(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Kills the setup as soon as it has logged so many lines, unless it has ended by
	 * then.
	 * @param count how many lines
	 * @return whether it was still running
	 */
	boolean killAfter(int count) {
		boolean running = true;
		while (running && this.lines.size() < count) {
			running = readLine();
		}
		return kill();
	}

	/**
	 * Kills the setup after a while, unless it has ended by then.
	 * @param time how long to wait
	 * @return whether it was still running
	 */
	boolean killWithin(Duration time) {
		try {
			this.process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return kill();
	}

	/**
	 * Kills the setup at once, without a chance to clean up.
	 * @return whether it was still running
	 */
	boolean kill() {
		return this.process.destroyForcibly().onExit().join().exitValue() == KILLED;
	}

	/**
	 * Waits for a line.
	 * @param start the start of the line
	 */
	void awaitLine(String start) {
		while (this.lines.stream().noneMatch((line) -> line.startsWith(start))) {
			if (!readLine()) {
				throw new AssertionError(start + " is not in " + this.lines);
			}
		}
	}

	/**
	 * Waits for the setup to end.
	 * @return its exit status
	 */
	int exitStatus() {
		boolean running = true;
		while (running) {
			running = readLine();
		}
		try {
			if (!this.process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
				throw new AssertionError("still running");
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean readLine() {
		try {
			String line = this.output.readLine();
			if (line != null) {
				this.lines.add(line);
			}
			return line != null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<String> lines() {
		return this.lines;
	}

	/** Returns the lines that the setup has logged. */
	@Override
	public String toString() {
		return String.join("\n", this.lines);
	}

}
