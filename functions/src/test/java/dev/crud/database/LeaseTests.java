package dev.crud.database;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.crud.LocalPostgres;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.r2dbc.spi.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests a time-out that fires at the moment when the connection is given back to the
 * pool.
 */
class LeaseTests {

	private final LocalPostgres postgres = LocalPostgres.start();

	private final InstrumentedPool<Connection> pool = Pools.of(this.postgres, 0, 1);

	private final Connections connections = new Connections(this.pool);

	@AfterEach
	void stop() {
		this.pool.dispose();
		this.postgres.close();
	}

	@Test
	void timeoutAfterTheReleaseLeavesTheNextOneItsConnection() {
		Lease first = new Lease();
		connect(first);
		first.release();
		Connection next = connect(new Lease());
		assertThatThrownBy(() -> first.cut().block()).hasRootCauseInstanceOf(TimeoutException.class);
		assertThat(answer(next)).isEqualTo(1);
	}

	@Test
	void timeoutBeforeTheReleaseClosesTheConnectionAndThePoolMakesAnother() {
		Lease lease = new Lease();
		Connection cut = connect(lease);
		assertThatThrownBy(() -> lease.cut().block()).hasRootCauseInstanceOf(TimeoutException.class);
		assertThatThrownBy(() -> answer(cut)).isInstanceOf(RuntimeException.class);
		lease.release();
		Lease next = new Lease();
		assertThat(answer(connect(next))).isEqualTo(1);
		assertThat(this.pool.metrics().acquiredSize()).isEqualTo(1);
		next.release();
		assertThat(this.pool.metrics().acquiredSize()).isZero();
	}

	@Test
	void whatIsToBeDoneAtTheEndIsDoneOnceWhenTheConnectionIsClosed() {
		AtomicInteger done = new AtomicInteger();
		Lease lease = new Lease();
		lease.atEnd(done::incrementAndGet);
		connect(lease);
		assertThatThrownBy(() -> lease.cut().block()).hasRootCauseInstanceOf(TimeoutException.class);
		assertThat(done).hasValue(1);
		lease.release();
		assertThat(done).hasValue(1);
	}

	@Test
	void connectionThatComesTooLateGoesBack() {
		Lease late = new Lease();
		assertThat(late.refuse()).isTrue();
		assertThatThrownBy(() -> connect(late)).hasRootCauseInstanceOf(TimeoutException.class);
		assertThat(answer(connect(new Lease()))).isEqualTo(1);
	}

	@Test
	void limitClosesTheConnectionEvenWhenNobodyWaitsAnyMore() {
		Lease lease = new Lease();
		connect(lease);
		TimeLimit limit = new TimeLimit(new Timers(GlobalEventExecutor.INSTANCE));
		limit.within(Duration.ofMillis(50), lease, Mono.never()).subscribe().dispose();
		Awaitility.await().untilAsserted(() -> assertThat(this.pool.metrics().allocatedSize()).isZero());
	}

	private Connection connect(Lease lease) {
		return Objects.requireNonNull(this.connections.connect(lease).block());
	}

	private static Object answer(Connection connection) {
		return Objects.requireNonNull(Flux.from(connection.createStatement("SELECT 1").execute())
			.flatMap((result) -> result.map((row) -> Objects.requireNonNull(row.get(0))))
			.blockFirst());
	}

}
