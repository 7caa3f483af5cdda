package dev.crud.knative;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs programs as a user would.
 */
final class Command {

	private Command() {
	}

	static String run(String input, List<String> command) {
		return run(Path.of(""), input, command);
	}

	/**
	 * Runs a program to its end.
	 * @param directory the working directory
	 * @param input what it reads from standard input
	 * @param command the program and its arguments
	 * @return its output, including standard error
	 * @throws AssertionError with the output, when the program fails
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
