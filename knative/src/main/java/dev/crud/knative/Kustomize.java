package dev.crud.knative;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Kustomize as kubectl has it.
 */
final class Kustomize {

	private Kustomize() {
	}

	/**
	 * Renders a kustomization.
	 * @param directory where it is
	 * @return YAML
	 */
	static String render(Path directory) {
		try {
			Process kubectl = new ProcessBuilder("kubectl", "kustomize", directory.toString())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (kubectl.waitFor() != 0) {
				throw new IllegalStateException("kubectl kustomize can't render " + directory);
			}
			return yaml;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("kubectl is needed on the PATH (https://kubernetes.io/docs/tasks/tools/)",
					ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
