package dev.crud.function;

import java.time.Duration;

import dev.crud.function.FunctionDeclaration.Limits;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FunctionDeclarationTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Limits LIMITS = new Limits("50m", "1", "192Mi", "256Mi");

	@ParameterizedTest
	@CsvSource({ "LIST, 3, 3", "GET, 4, 50", "POST, 4, 3", "PUT, 3, 3", "DELETE, 1, 1", "CONSTANT, 0, 100" })
	@DisplayName("requests get connections of their own, unless all of them share statements")
	void requestsThatGetConnections(Operation operation, int connections, int concurrency) {
		assertThat(declare(operation, connections, concurrency).concurrency()).isEqualTo(concurrency);
	}

	@ParameterizedTest
	@CsvSource({ "LIST, 3", "POST, 3", "PUT, 3", "DELETE, 1" })
	@DisplayName("more requests at once than connections are refused")
	void requestsThatWouldWaitForAConnection(Operation operation, int connections) {
		assertThatIllegalArgumentException().isThrownBy(() -> declare(operation, connections, connections + 1))
			.withMessage("count: with %d requests at once on %d connections some would wait for one, and time out",
					connections + 1, connections);
	}

	@Test
	void aTimeoutThatLeavesNoRoomForTheDrainIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new FunctionDeclaration("count", Operation.GET, 5, 5, 5, Duration.ofSeconds(59), LIMITS))
			.withMessage("count: less than PT1M leaves no room for the drain");
	}

	@Test
	void aNameThatIsNoHostNameIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new FunctionDeclaration("Count me", Operation.GET, 5, 5, 5, MINUTE, LIMITS));
	}

	private static FunctionDeclaration declare(Operation operation, int connections, int concurrency) {
		return new FunctionDeclaration("count", operation, connections, concurrency, 3, MINUTE, LIMITS);
	}

}
