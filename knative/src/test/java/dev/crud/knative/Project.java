package dev.crud.knative;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.crud.Declaration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.junit.jupiter.api.Assumptions;

/**
 * Reads the files of the project that these tests are part of.
 */
final class Project {

	/** The root of the project; Maven runs tests in the module's directory. */
	static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	/** The file that a user applies first. */
	static final String INSTALL = "install/" + Declaration.FUNCTIONS.database() + ".yaml";

	/** The same with a Postgres that others run. */
	static final String EXTERNAL = "install/" + Declaration.FUNCTIONS.database() + "-external.yaml";

	/** The same with a Postgres that CloudNativePG runs. */
	static final String CLOUDNATIVE_PG = "install/" + Declaration.FUNCTIONS.database() + "-cloudnative-pg.yaml";

	private Project() {
	}

	static String read(String path) {
		try {
			return Files.readString(ROOT.resolve(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns the resources that a user applies. */
	static List<HasMetadata> published() {
		return Stream.of(INSTALL, "install/single-host.yaml", "install/backup.yaml", "install/backup-store.yaml")
			.flatMap((path) -> Manifests.parse(read(path)).stream())
			.toList();
	}

	/** Skips a test with a message when a program is not on the path. */
	static void needs(String program) {
		boolean found = Stream.of(System.getenv("PATH").split(":"))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, program)));
		if (!found) {
			System.err.println("SKIPPED: there is no " + program + " on the path");
		}
		Assumptions.assumeTrue(found, () -> "no " + program);
	}

}
