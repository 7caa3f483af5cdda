package dev.crud.knative;

import dev.crud.function.FunctionDeclaration;

import dev.crud.Declaration;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the functions on a cluster are the ones that the code has.
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

}
