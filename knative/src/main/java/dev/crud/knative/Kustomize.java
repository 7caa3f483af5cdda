package dev.crud.knative;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Renders a kustomization with the one version of Kustomize that {@code .github/tool}
 * names. Whatever kubectl is on the path has another, and another renders otherwise.
 */
final class Kustomize {

	private static final Path TOOL = Path.of(".github", "tool");

	private Kustomize() {
	}

	/**
	 * Renders a kustomization.
	 * @param directory where it is
	 * @return YAML
	 */
	static String render(Path directory) {
		String kustomize = output(List.of(tool().toString(), "kustomize")).strip();
		return output(List.of(kustomize, "build", directory.toString()));
	}

	/** The project's, wherever in it this runs. */
	private static Path tool() {
		for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
			if (Files.isExecutable(at.resolve(TOOL))) {
				return at.resolve(TOOL);
			}
		}
		throw new IllegalStateException("There is no " + TOOL + " here or above");
	}

	private static String output(List<String> command) {
		try {
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new IllegalStateException("Failed: " + String.join(" ", command));
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
