package dev.crud.knative;

import dev.crud.Declaration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SetupNameTests {

	private static final String PUBLISHED = Project.read(Project.INSTALL);

	@Test
	void theNameDependsOnTheContentAlone() {
		assertThat(SetupName.patch(PUBLISHED.replaceAll("name: setup-\\w+", "name: another")))
			.isEqualTo(SetupName.patch(PUBLISHED))
			.matches("- op: replace\n  path: /metadata/name\n  value: setup-[0-9a-f]{10}\n");
	}

	@Test
	void anotherImageIsAnotherName() {
		String next = PUBLISHED.replaceAll("(" + Declaration.FUNCTIONS.setupImage() + ")[:@].*", "$1:99");
		assertThat(SetupName.patch(next)).isNotEqualTo(SetupName.patch(PUBLISHED));
	}

	@Test
	void thePublishedJobHasItsName() {
		String name = SetupName.patch(PUBLISHED).replaceAll("(?s).*value: ", "").strip();
		assertThat(PUBLISHED).contains("  name: " + name + "\n");
	}

}
