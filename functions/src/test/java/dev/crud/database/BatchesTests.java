package dev.crud.database;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.crud.LocalPostgres;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests requests that share statements.
 */
class BatchesTests {

	private static final String EACH = "FROM unnest($1::int[]) WITH ORDINALITY AS given (n, place) ORDER BY place";

	private final LocalPostgres postgres = LocalPostgres.start();

	private final InstrumentedPool<Connection> pool = Pools.of(this.postgres, 4, 4);

	/** What each statement was for. */
	private final List<List<Integer>> statements = new CopyOnWriteArrayList<>();

	@BeforeEach
	void connect() {
		this.pool.warmup().block();
	}

	@AfterEach
	void stop() {
		this.pool.dispose();
		this.postgres.close();
	}

	@Test
	@DisplayName("requests that come at the same time share statements, and each gets its own answer")
	void eachGetsItsOwnAnswer() {
		Batches<Integer, Integer> doubles = batches("SELECT 2 * n " + EACH);
		Map<Integer, Integer> answers = Flux.range(0, 1000)
			.flatMap((n) -> doubles.run(n).map((answer) -> Map.entry(n, answer)), 1000)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.block();
		assertThat(answers).hasSize(1000).allSatisfy((n, answer) -> assertThat(answer).isEqualTo(2 * n));
		assertThat(this.statements).hasSizeLessThan(500);
	}

	@Test
	@DisplayName("values that Postgres refuses fail their own request and no other")
	void refusalFailsNoOther() {
		Batches<Integer, Integer> quotients = batches("SELECT 60 / n " + EACH);
		List<String> answers = Flux.range(-5, 11)
			.flatMapSequential(
					(n) -> quotients.run(n)
						.map(Object::toString)
						.onErrorResume(R2dbcException.class, (error) -> Mono.just(String.valueOf(error.getSqlState()))),
					11)
			.collectList()
			.block();
		assertThat(answers).containsExactly("-12", "-15", "-20", "-30", "-60", "22012", "60", "30", "20", "15", "12");
	}

	@Test
	@DisplayName("a slow statement holds up nobody")
	void slowStatementHoldsUpNobody() {
		Batches<Integer, Integer> sleeps = batches("SELECT n, pg_sleep(n) " + EACH);
		CompletableFuture<Integer> slow = sleeps.run(1).toFuture();
		assertThat(Flux.range(0, 20).flatMap((n) -> sleeps.run(0)).collectList().block()).hasSize(20);
		assertThat(slow).isNotDone();
		assertThat(slow.join()).isEqualTo(1);
	}

	@Test
	@DisplayName("while all connections are in use, requests share the statement that waits for one")
	void slowStatementsServeMoreRequests() {
		Batches<Integer, Integer> slow = batches("WITH nap AS MATERIALIZED (SELECT pg_sleep(0.4)) SELECT n FROM nap, "
				+ EACH.substring("FROM ".length()));
		List<Integer> answers = Flux.interval(Duration.ofMillis(8))
			.take(100)
			.flatMapSequential((n) -> slow.run(n.intValue()), 100)
			.collectList()
			.block();
		assertThat(answers).hasSize(100).isSorted();
		assertThat(this.statements).hasSizeLessThan(20);
	}

	@Test
	@DisplayName("nobody waits for a connection that can't be opened while another one is idle")
	void hungLoginHoldsUpNobody() {
		AtomicInteger opened = new AtomicInteger();
		InstrumentedPool<Connection> one = PoolBuilder
			.from(Mono.defer(() -> (opened.getAndIncrement() == 0) ? this.pool.acquire().map(PooledRef::poolable)
					: Mono.<Connection>never()))
			.sizeBetween(1, 4)
			.buildPool();
		Batches<Integer, Integer> sleeps = batches(one, "SELECT n, pg_sleep(n / 10.0) " + EACH,
				UnaryOperator.identity());
		assertThat(sleeps.run(0).block()).isZero();
		CompletableFuture<Integer> slow = sleeps.run(1).toFuture();
		CompletableFuture<Integer> hung = sleeps.run(0).toFuture();
		assertThat(slow.join()).isEqualTo(1);
		assertThat(sleeps.run(0).block()).isZero();
		assertThat(opened).hasValue(2);
		assertThat(hung).isNotDone();
	}

	@Test
	@DisplayName("a statement whose outcome is unknown is not run again")
	void lostConnectionFailsAllOfOneStatement() {
		Batches<Integer, Integer> ends = batches(
				"SELECT CASE n WHEN 0 THEN pg_terminate_backend(pg_backend_pid())::int "
						+ "ELSE n + length(pg_sleep(0.1)::text) END " + EACH);
		List<CompletableFuture<Integer>> all = Stream.of(7, 0, 1, 2).map((n) -> ends.run(n).toFuture()).toList();
		assertThat(all.get(0).join()).isEqualTo(7);
		assertThat(all.get(1)).failsWithin(TimeLimit.ANSWER);
		all.forEach((one) -> one.exceptionally((error) -> null).join());
		assertThat(this.statements.stream().flatMap(List::stream)).containsExactlyInAnyOrder(7, 0, 1, 2);
		List<Integer> lost = this.statements.stream().filter((inputs) -> inputs.contains(0)).findFirst().orElseThrow();
		assertThat(all.stream().filter(CompletableFuture::isCompletedExceptionally)).hasSameSizeAs(lost);
	}

	@Test
	@DisplayName("a stored value that can't be read fails its own request and no other")
	void unreadableRowFailsNoOther() {
		Batches<Integer, Integer> odd = batches("SELECT n " + EACH, (n) -> {
			if (n % 2 == 0) {
				throw new IllegalStateException("can't be read");
			}
			return n;
		});
		List<Integer> answers = Flux.range(1, 10)
			.flatMapSequential((n) -> odd.run(n).onErrorReturn(IllegalStateException.class, 0), 10)
			.collectList()
			.block();
		assertThat(answers).containsExactly(1, 0, 3, 0, 5, 0, 7, 0, 9, 0);
	}

	@Test
	void absentAnswerIsEmpty() {
		Batches<Integer, Integer> none = batches("SELECT NULL::int " + EACH);
		assertThat(none.run(1).blockOptional()).isEmpty();
	}

	private Batches<Integer, Integer> batches(String text) {
		return batches(text, UnaryOperator.identity());
	}

	private Batches<Integer, Integer> batches(String text, UnaryOperator<Integer> read) {
		return batches(this.pool, text, read);
	}

	private Batches<Integer, Integer> batches(InstrumentedPool<Connection> connections, String text,
			UnaryOperator<Integer> read) {
		Timers timers = new Timers(GlobalEventExecutor.INSTANCE);
		return new Batches<>(new TimeLimit(timers), timers, new Statements(new Connections(connections)), text, true,
				(connection, inputs) -> {
					this.statements.add(inputs);
					return Sql.of(text, (Object) inputs.toArray(Integer[]::new))
						.rows(connection, (row) -> Optional.ofNullable(row.get(0, Integer.class)).map(read))
						.collectList();
				});
	}

}
