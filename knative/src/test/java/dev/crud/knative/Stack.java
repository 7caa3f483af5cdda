package dev.crud.knative;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Assumptions;

/**
 * Runs the published compose file with the images that it names.
 */
final class Stack implements AutoCloseable {

	/** A port that is free, so that nobody is in the way. */
	private static final String PORT = "services: {functions: {ports: !override [\"127.0.0.1::8080\"]}}\n";

	private final List<String> compose = new ArrayList<>();

	private Stack(Path directory, String more) throws IOException {
		List.of(Images.FUNCTIONS, Images.SETUP, Images.POSTGRES).forEach(Stack::needs);
		Path port = Files.writeString(directory.resolve("port.yaml"), PORT);
		Path published = Files.writeString(directory.resolve("compose.yaml"), Project.read("install/compose.yaml"));
		this.compose.addAll(List.of("docker", "compose", "-p", "stack-" + ProcessHandle.current().pid(), "-f",
				published.toString(), "-f", port.toString()));
		if (!more.isEmpty()) {
			this.compose.add("-f");
			this.compose.add(Files.writeString(directory.resolve("more.yaml"), more).toString());
		}
	}

	/**
	 * Starts the containers; skips the test with a message when Docker or an image is
	 * missing.
	 * @param directory the directory for its own files
	 * @param more a compose file to add, or an empty text
	 * @return the running containers
	 */
	static Stack start(Path directory, String more) throws IOException {
		Project.needs("docker");
		Stack stack = new Stack(directory, more);
		stack.run("up", "-d", "--pull", "never");
		return stack;
	}

	/** Skips the test with a message when Docker lacks an image. */
	static void needs(String image) {
		boolean found = exitStatus(List.of("docker", "image", "inspect", "-f", "ok", image)) == 0;
		if (!found) {
			System.err.println("SKIPPED: Docker has no image " + image);
		}
		Assumptions.assumeTrue(found, () -> "no image " + image);
	}

	/** Returns the URL of a service on this machine. */
	String url(String service) {
		return "http://" + run("port", service, "8080").strip();
	}

	/** Runs a command of Docker Compose. */
	String run(String... arguments) {
		List<String> command = new ArrayList<>(this.compose);
		command.addAll(List.of(arguments));
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new AssertionError(command + " failed:\n" + output);
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

	private static int exitStatus(List<String> command) {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		run("down", "-v", "-t", "5");
	}

}
