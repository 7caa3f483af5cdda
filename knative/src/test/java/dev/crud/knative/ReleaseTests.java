package dev.crud.knative;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.crud.Declaration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what a release changes in the files that were tried: it sets the digests of our
 * images, and generates {@code install/} again.
 */
class ReleaseTests {

	private static final String OVERLAY = "knative/overlays/release/common/kustomization.yaml";

	private static final String NOUN = Declaration.FUNCTIONS.noun().singular();

	private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

	@Test
	void itDiffersInImageReferencesAlone(@TempDir Path elsewhere) throws IOException {
		Project.needs("go");
		for (String directory : new String[] { "install", "knative", "functions/src/main/resources/db/migration" }) {
			copy(directory, elsewhere);
		}
		String tried = Files.readString(elsewhere.resolve(OVERLAY));
		String released = tried.replaceAll("(?m)(newName: \\S+/" + NOUN + "-\\S+\n +)(newTag|digest): .*$",
				"$1digest: " + DIGEST);
		assertThat(released.lines().filter((line) -> line.contains(DIGEST))).hasSize(2);
		Files.writeString(elsewhere.resolve(OVERLAY), released);
		new Generator(elsewhere).run();

		for (String file : new String[] { Project.INSTALL, Project.EXTERNAL, "install/single-host.yaml",
				"install/compose.yaml" }) {
			String made = Files.readString(elsewhere.resolve(file));
			assertThat(withoutReferences(made)).isEqualTo(withoutReferences(Project.read(file)));
			assertThat(made.lines().filter((line) -> line.matches(".*image: \\S*/" + NOUN + "-.*")))
				.allMatch((line) -> line.endsWith("@" + DIGEST));
		}
		assertThat(Files.readString(elsewhere.resolve(Project.INSTALL)))
			.contains(Declaration.FUNCTIONS.setupImage() + "@" + DIGEST, Declaration.FUNCTIONS.image() + "@" + DIGEST);
	}

	/**
	 * Removes references to images; the setup Job's name is one too, because it is a hash
	 * of the Job's content.
	 */
	private static String withoutReferences(String yaml) {
		return yaml.replaceAll("(?m)( image:) .*$", "$1").replaceFirst(" name: setup-[0-9a-f]+\n", " name: setup\n");
	}

	private static void copy(String directory, Path elsewhere) throws IOException {
		try (Stream<Path> parts = Files.list(Project.ROOT.resolve(directory))) {
			for (Path part : parts.filter((path) -> !path.endsWith("src") && !path.endsWith("target")).toList()) {
				Path copy = elsewhere.resolve(Project.ROOT.relativize(part));
				Files.createDirectories(copy.resolveSibling("."));
				if (Files.isDirectory(part)) {
					FileSystemUtils.copyRecursively(part, copy);
				}
				else {
					Files.copy(part, copy);
				}
			}
		}
	}

}
