package dev.crud;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no code uses an annotation that {@link Application} does not look for.
 */
class UnusedAnnotationsTests {

	@Test
	void nothingUsesAnAnnotationWithoutEffect() throws IOException {
		List<String> without = Stream.of(Value.class, Qualifier.class, EventListener.class)
			.map(Class::getName)
			.toList();
		assertThat(NothingNamesTheTableTests.files(Path.of("src/main/java/dev/crud"))).isNotEmpty()
			.allSatisfy((file) -> assertThat(Files.readString(file)).doesNotContain(without));
	}

}
