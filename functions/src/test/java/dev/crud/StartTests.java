package dev.crud;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests which functions a process may be started with.
 */
class StartTests {

	@ParameterizedTest(name = "definition {0}")
	@ValueSource(strings = { "unknown", "hello,zero", "hello|zero", "Hello", "functionRouter", "table", "edge" })
	void unknownNameFailsTheStartAndTheMessageListsTheFunctions(String definition) {
		assertThatThrownBy(() -> RunningFunctions.only(Shared.POSTGRES, definition)).rootCause()
			.message()
			.contains("'" + definition + "'")
			.contains(Routes.names());
	}

	@Test
	void emptyDefinitionServesAll() {
		try (RunningFunctions all = RunningFunctions.all(Shared.POSTGRES, "spring.cloud.function.definition=")) {
			assertThat(all.get("/hello").body()).isEqualTo("{\"message\":\"ok\"}");
			assertThat(all.get("/zero").body()).isEqualTo("{\"0\":\"\"}");
			Problem.assertProblem(all.get("/"), 404);
		}
	}

}
