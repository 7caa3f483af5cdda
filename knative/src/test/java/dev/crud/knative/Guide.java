package dev.crud.knative;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the commands of install/README.md literally, with YAML and data of our own.
 */
final class Guide {

	private static final Path DIRECTORY = Path.of("target", "guide").toAbsolutePath();

	private static final Pattern BOX = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

	private static final Set<String> RUN = new HashSet<>();

	private static final List<Process> STARTED = new ArrayList<>();

	/** The option that makes curl use the forwarded port of the ingress. */
	static final String FORWARDED = "--connect-to ::127.0.0.1:8888";

	private Guide() {
	}

	/** Returns all commands, one for each line. */
	static Set<String> commands() {
		return BOX.matcher(Project.read("install/README.md"))
			.results()
			.flatMap((box) -> box.group(1).lines())
			.collect(Collectors.toSet());
	}

	static Set<String> commandsRun() {
		return Set.copyOf(RUN);
	}

	/** Writes a file where the commands look for it. */
	static void write(String file, String content) {
		try {
			Path path = DIRECTORY.resolve(file);
			Files.createDirectories(path.getParent());
			Files.writeString(path, content);
			assertThat(path.toFile().setExecutable(content.startsWith("#!"))).isTrue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads a file that a command has written. */
	static String read(String file) {
		try {
			return Files.readString(DIRECTORY.resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns where a file is that was written. */
	static String path(String file) {
		return DIRECTORY.resolve(file).toString();
	}

	/**
	 * Runs a command of the guide.
	 * @param command the command, exactly as the guide has it
	 * @return its output
	 */
	static String run(String command) {
		return Command.run(DIRECTORY, "", shell(command));
	}

	/** Runs a command until it succeeds, because it may have to wait for something. */
	static String await(String command) {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.ignoreExceptionsMatching(AssertionError.class::isInstance)
			.until(() -> run(command), (output) -> true);
	}

	/** Starts a command that keeps running. */
	static void start(String command) throws IOException {
		STARTED.add(new ProcessBuilder(shell(command)).directory(DIRECTORY.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start());
	}

	/** Stops the commands that keep running. */
	static void stop() {
		STARTED.forEach(Process::destroy);
	}

	private static List<String> shell(String command) {
		assertThat(commands()).contains(command);
		RUN.add(command);
		// exec replaces the shell, so that stopping the process stops the command itself.
		return List.of("bash", "-c", command.matches(".*[$|>].*") ? command : "exec " + command);
	}

}
