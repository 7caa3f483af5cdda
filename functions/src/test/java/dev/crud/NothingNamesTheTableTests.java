package dev.crud;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the code for any table does not name the declared table.
 */
class NothingNamesTheTableTests {

	private static final Path MAIN = Path.of("src/main/java/dev/crud");

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "table", "function", "database", "edge" })
	void noFileForAnyTableNamesThisOne(String folder) throws IOException {
		String noun = Declaration.FUNCTIONS.noun().singular();
		List<Path> files;
		try (Stream<Path> all = Files.walk(MAIN.resolve(folder))) {
			files = all.filter(Files::isRegularFile).toList();
		}
		assertThat(files).isNotEmpty().allSatisfy((file) -> {
			assertThat(Files.readString(file).toLowerCase(Locale.ROOT)).doesNotContain(noun);
			assertThat(MAIN.relativize(file).toString().toLowerCase(Locale.ROOT)).doesNotContain(noun);
		});
	}

}
