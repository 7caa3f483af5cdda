package dev.crud.knative;

import dev.crud.Declaration;
import dev.crud.openapi.OpenApi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the generated files are in the project, byte for byte: base, overlays and
 * {@code install/}.
 */
class ReproducibleTests {

	private static final String[] GENERATED = { "install", "knative/base", "knative/components", "knative/overlays" };

	@Test
	void theBaseIsWhatTheFunctionsMakeIt() throws IOException {
		assertThat(Base.of(Declaration.FUNCTIONS, new OpenApi(Declaration.TABLE, Declaration.FUNCTIONS),
				SchemaVersion.latest(Project.ROOT)))
			.allSatisfy((file) -> assertThat(Project.read(file.path())).isEqualTo(file.text()));
	}

	@Test
	void aSecondRunElsewhereMakesTheSame(@TempDir Path elsewhere) throws IOException {
		Project.needs("go");
		for (String directory : GENERATED) {
			FileSystemUtils.copyRecursively(Project.ROOT.resolve(directory), elsewhere.resolve(directory));
		}
		Files.copy(Project.ROOT.resolve("knative/compose.yaml"), elsewhere.resolve("knative/compose.yaml"));
		String migrations = "functions/src/main/resources/db/migration";
		FileSystemUtils.copyRecursively(Project.ROOT.resolve(migrations), elsewhere.resolve(migrations));
		FileSystemUtils.deleteRecursively(elsewhere.resolve("install"));
		Files.createFile(elsewhere.resolve(Base.FUNCTIONS + "/nolonger.yaml"));
		new Generator(elsewhere).run();
		assertThat(files(elsewhere)).isEqualTo(files(Project.ROOT));
	}

	private static Map<String, String> files(Path root) throws IOException {
		Map<String, String> files = new TreeMap<>();
		for (String directory : GENERATED) {
			try (Stream<Path> paths = Files.walk(root.resolve(directory))) {
				for (Path file : paths.filter(Files::isRegularFile)
					.filter((path) -> !path.endsWith("README.md") && !path.endsWith("own-images")
							&& !path.endsWith("trial-token") && !path.endsWith("new-passwords"))
					.toList()) {
					files.put(root.relativize(file).toString(), Files.readString(file));
				}
			}
		}
		return files;
	}

}
