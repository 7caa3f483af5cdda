package dev.crud.knative;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs a program as a user would.
 */
final class Command {

	private Command() {
	}

	static String run(String input, List<String> command) {
		return run(Path.of(""), input, command);
	}

	/**
	 * Runs it to its end.
	 * @param directory where
	 * @param input what it reads
	 * @param command the program and its arguments
	 * @return what it wrote, errors included
	 * @throws AssertionError with that, when it fails
	 */
	static String run(Path directory, String input, List<String> command) {
		try {
			Process process = new ProcessBuilder(command).directory(directory.toAbsolutePath().toFile())
				.redirectErrorStream(true)
				.start();
			process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new AssertionError(String.join(" ", command) + " failed:\n" + output);
			}
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
