package dev.crud;

import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.crud.function.Operation;
import dev.crud.table.FilterKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how long statements and transactions may take, by role and by what they do.
 */
class TransactionLimitsTests {

	private static LocalPostgres postgres;

	private static RunningFunctions functions;

	@BeforeAll
	static void start() {
		postgres = LocalPostgres.start();
		postgres.execute(Stored.insert(60_000));
		postgres.execute("VACUUM ANALYZE " + Stored.TABLE);
		functions = Shared.warm(RunningFunctions.all(postgres));
	}

	@AfterAll
	static void stop() {
		functions.close();
		postgres.close();
	}

	@ParameterizedTest(name = "{0}: {1}, {2}")
	@MethodSource("roles")
	@DisplayName("each role limits a statement, and how long its transactions may idle")
	void eachRoleHasItsLimits(String role, String statement, String idle) throws SQLException {
		try (Connection connection = postgres.connect(role)) {
			assertThat(show(connection, "statement_timeout")).isEqualTo(statement);
			assertThat(show(connection, "idle_in_transaction_session_timeout")).isEqualTo(idle);
		}
	}

	static Stream<Arguments> roles() {
		String poster = Routes.name(Operation.POST);
		Stream<Arguments> own = Routes.roles()
			.stream()
			.map((role) -> Arguments.of(role, "2s", role.equals(poster) ? "1min" : "0"));
		return Stream.concat(own, Stream.of(Arguments.of(Declaration.FUNCTIONS.role(), "2s", "1min")));
	}

	private static String show(Connection connection, String setting) throws SQLException {
		try (ResultSet value = connection.createStatement().executeQuery("SHOW " + setting)) {
			value.next();
			return value.getString(1);
		}
	}

	@Test
	@DisplayName("a list whose reader pauses for longer than the role's transactions may idle goes on to its end")
	void slowListOutlivesTheLimitOfItsRole() throws Exception {
		postgres.execute(
				"ALTER ROLE " + Declaration.FUNCTIONS.role() + " SET idle_in_transaction_session_timeout = '300ms'");
		try (RunningFunctions limited = Shared.warm(RunningFunctions.all(postgres)); Socket socket = new Socket()) {
			socket.setReceiveBufferSize(4096);
			socket.connect(new java.net.InetSocketAddress("localhost", limited.port()));
			socket.getOutputStream()
				.write(("GET " + Routes.LIST + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(socket.getInputStream().read()).isEqualTo('H');
			pause(Duration.ofSeconds(2));
			assertThat(RawHttp.readAll(socket)).endsWith("]\r\n0\r\n\r\n");
		}
		finally {
			postgres.execute(
					"ALTER ROLE " + Declaration.FUNCTIONS.role() + " SET idle_in_transaction_session_timeout = '60s'");
		}
	}

	@Test
	@DisplayName("an upload that a busy database holds up for 3 s is inserted all the same")
	void uploadSurvivesASlowStatement() throws Exception {
		String rows = (Body.variant(2) + "\n").repeat(600);
		HttpResponse<String> response = whileLocked("SHARE", Duration.ofSeconds(3),
				() -> functions.send("POST", Routes.POST, rows, "Content-Type", "application/x-ndjson"));
		assertThat(response.body()).isEqualTo("{\"inserted\":600}");
		assertThat(functions.get(Routes.LIST + "?limit=1&count=true").headers().firstValue("X-Total-Count"))
			.contains("60600");
		postgres.execute("DELETE FROM " + Stored.TABLE + " WHERE uuid IN (SELECT uuid FROM " + Stored.TABLE
				+ " ORDER BY uuid DESC LIMIT 600)");
	}

	@Test
	@DisplayName("count=true may take 3 s")
	void exactCountMayTakeItsTime() throws Exception {
		HttpResponse<String> response = whileLocked("ACCESS EXCLUSIVE", Duration.ofSeconds(3),
				() -> functions.get(Routes.LIST + "?limit=1&count=true"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("X-Total-Count")).contains("60000");
	}

	@Test
	@DisplayName("after 10 s count=true is answered 503, which says that count=estimated exists")
	void exactCountThatTakesTooLongSaysWhatElseThereIs() throws Exception {
		long start = System.nanoTime();
		HttpResponse<String> response = whileLocked("ACCESS EXCLUSIVE", Duration.ofSeconds(12),
				() -> functions.get(Routes.LIST + "?limit=1&count=true"));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(9),
				Duration.ofMillis(10_500));
		Problem.assertProblem(response, 503);
		assertThat(response.body()).contains("count=estimated");
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("filters")
	@DisplayName("count=estimated adds the planner's figure")
	void estimatedCountIsThePlannersFigure(String filter, long exact) {
		HttpResponse<String> response = functions.get(Routes.LIST + "?limit=1&" + filter + "count=estimated");
		assertThat(response.statusCode()).isEqualTo(200);
		long total = Long.parseLong(response.headers().firstValue("X-Total-Count").orElseThrow());
		assertThat(total).isBetween(exact / 4, exact * 4);
	}

	/**
	 * Returns filters with the count to expect. The planner's statistics tell how
	 * frequent a value is that half of the rows have.
	 */
	static Stream<Arguments> filters() {
		Stream<Arguments> filters = Declaration.TABLE.filters()
			.stream()
			.filter((filter) -> filter.kind() == FilterKind.EQUAL)
			.map((filter) -> Arguments.of(
					filter.parameter() + "="
							+ URLEncoder.encode(Body.example().text(filter.column()), StandardCharsets.UTF_8) + "&",
					30_000));
		return Stream.concat(Stream.of(Arguments.of("", 60_000)), filters);
	}

	/**
	 * Sends a request while a lock keeps others from using the table; the lock is
	 * released when the time is over or the answer has arrived.
	 */
	private static HttpResponse<String> whileLocked(String mode, Duration time,
			java.util.function.Supplier<HttpResponse<String>> request) throws Exception {
		try (Connection connection = postgres.connect()) {
			connection.setAutoCommit(false);
			connection.createStatement().execute("LOCK TABLE " + Stored.TABLE + " IN " + mode + " MODE");
			CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(request);
			answer.copy().completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS).join();
			connection.rollback();
			return answer.join();
		}
	}

	private static void pause(Duration time) throws InterruptedException {
		new java.util.concurrent.CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
	}

}
