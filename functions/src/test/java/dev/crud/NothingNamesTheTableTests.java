package dev.crud;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the code for any table does not name the declared table.
 */
class NothingNamesTheTableTests {

	private static final Path MAIN = Path.of("src/main/java/dev/crud");

	private static final Path TESTS = Path.of("src/test/java/dev/crud");

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "table", "function", "database", "edge" })
	void noFileForAnyTableNamesThisOne(String folder) throws IOException {
		assertNobodyNamesIt(files(MAIN.resolve(folder)));
	}

	@Test
	void noTestForAnyTableNamesThisOne() throws IOException {
		Path own = TESTS.resolve(Declaration.FUNCTIONS.noun().singular());
		assertNobodyNamesIt(files(TESTS).stream().filter((file) -> !file.startsWith(own)).toList());
	}

	static List<Path> files(Path folder) throws IOException {
		try (Stream<Path> all = Files.walk(folder)) {
			return all.filter(Files::isRegularFile).toList();
		}
	}

	private static void assertNobodyNamesIt(List<Path> files) {
		String noun = Declaration.FUNCTIONS.noun().singular();
		assertThat(files).isNotEmpty().allSatisfy((file) -> {
			assertThat(Files.readString(file).toLowerCase(Locale.ROOT)).doesNotContain(noun);
			assertThat(file.toString().toLowerCase(Locale.ROOT)).doesNotContain(noun);
		});
	}

}
