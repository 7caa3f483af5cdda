package dev.crud.knative;

import dev.crud.function.FunctionDeclaration;

import dev.crud.Declaration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The functions of a cluster are the functions there are.
 */
class FunctionsTests {

	@Test
	void eachIsABeanInFunctionsAndEachBeanIsOne() {
		Stream<String> beans = new ClassPathScanningCandidateComponentProvider(true)
			.findCandidateComponents(Declaration.PACKAGE)
			.stream()
			.map((bean) -> ((AnnotatedBeanDefinition) bean).getMetadata()
				.getAnnotations()
				.get(Component.class)
				.getString("value"));
		assertThat(Declaration.FUNCTIONS.all()).extracting(FunctionDeclaration::name)
			.containsExactlyInAnyOrderElementsOf(beans.toList());
	}

	@Test
	void eachThatUsesTheDatabaseHasARoleThere() throws IOException {
		try (InputStream migration = FunctionsTests.class.getResourceAsStream("/db/migration/V3__roles.sql")) {
			String sql = new String(Objects.requireNonNull(migration).readAllBytes(), StandardCharsets.UTF_8);
			String array = sql.substring(sql.indexOf("ARRAY["), sql.indexOf("] LOOP"));
			Stream<String> roles = Pattern.compile("'(\\w+)'").matcher(array).results().map((role) -> role.group(1));
			assertThat(Declaration.FUNCTIONS.all()).filteredOn(FunctionDeclaration::usesDatabase)
				.extracting(FunctionDeclaration::name)
				.containsExactlyInAnyOrderElementsOf(
						roles.filter((role) -> !"passengerfunctions".equals(role)).toList());
		}
	}

}
