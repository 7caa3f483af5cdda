package dev.crud.knative;

import java.time.Duration;
import java.util.List;

import dev.crud.function.FunctionDeclaration;
import dev.crud.function.FunctionDeclaration.Limits;
import dev.crud.function.Operation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ConnectionBudgetTests {

	private static final List<FunctionDeclaration> FUNCTIONS = List.of(function("one", 5, 4), function("none", 0, 9),
			function("two", 3, 2));

	private static final String ARITHMETIC = """
			one: 5 connections x 4 instances x 2 revisions = 40
			two: 3 connections x 2 instances x 2 revisions = 12
			setup: 3
			reserved for the superuser: 3
			together: 58 of max_connections = %d
			""";

	@Test
	void whatFitsToTheLastConnectionIsToldWithTheArithmetic() {
		assertThat(ConnectionBudget.check(FUNCTIONS, configuration(58))).isEqualTo(ARITHMETIC.formatted(58));
	}

	@Test
	void oneTooManyFailsWithTheArithmetic() {
		assertThatIllegalStateException().isThrownBy(() -> ConnectionBudget.check(FUNCTIONS, configuration(57)))
			.withMessage("Postgres would run out of connections.\n" + ARITHMETIC.formatted(57));
	}

	@Test
	void aConfigurationThatDoesNotSayIsNotGuessed() {
		assertThatIllegalStateException()
			.isThrownBy(() -> ConnectionBudget.check(FUNCTIONS, "#max_connections = 100\n"))
			.withMessage("Nothing sets max_connections");
	}

	@Test
	void bothEndsOfPgBouncerMustFit() {
		assertThat(ConnectionBudget.checkPooled(FUNCTIONS, pooler(52, 5), "    max_connections: \"83\"\n")).isEqualTo(
				"""
						to PgBouncer: 52 of max_client_conn = 52
						from PgBouncer: 3 of them x 2 roles x 2 logins x 5 connections, setup 3, others 20, together 83 of max_connections = 83
						""");
		assertThatIllegalStateException()
			.isThrownBy(() -> ConnectionBudget.checkPooled(FUNCTIONS, pooler(51, 5), "    max_connections: \"83\"\n"))
			.withMessageContaining("to PgBouncer: 52 of max_client_conn = 51");
		assertThatIllegalStateException()
			.isThrownBy(() -> ConnectionBudget.checkPooled(FUNCTIONS, pooler(52, 5), "    max_connections: \"82\"\n"))
			.withMessageContaining("together 83 of max_connections = 82");
	}

	private static String pooler(int clients, int size) {
		return "  instances: 2\n    max_client_conn: \"%d\"\n    default_pool_size: \"%d\"\n".formatted(clients, size);
	}

	private static String configuration(int maxConnections) {
		return "a = 1\nmax_connections = " + maxConnections + "\nsuperuser_reserved_connections = 3\n";
	}

	private static FunctionDeclaration function(String name, int connections, int maxScale) {
		return new FunctionDeclaration(name, (connections > 0) ? Operation.GET : Operation.CONSTANT, connections, 1,
				maxScale, Duration.ofMinutes(1), new Limits("1m", "1", "1Mi", "1Mi"));
	}

}
