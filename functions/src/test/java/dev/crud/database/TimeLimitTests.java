package dev.crud.database;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.netty.util.concurrent.GlobalEventExecutor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests whether the work or the limit comes first.
 */
class TimeLimitTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final Duration LONG = Duration.ofMinutes(1);

	private final TimeLimit limit = new TimeLimit(new Timers(GlobalEventExecutor.INSTANCE));

	@Test
	void workInTimeAnswers() {
		assertThat(this.limit.within(LONG, new Lease(), Mono.just("answer")).block()).isEqualTo("answer");
		assertThat(this.limit.within(LONG, new Lease(), Mono.empty()).block()).isNull();
		assertThatThrownBy(
				() -> this.limit.within(LONG, new Lease(), Mono.error(new IllegalStateException("failed"))).block())
			.isInstanceOf(IllegalStateException.class);
	}

	@Test
	void workThatHangsTimesOutAndItsAnswerComesTooLate() {
		Sinks.One<String> work = Sinks.one();
		Lease lease = new Lease();
		assertThatThrownBy(() -> this.limit.within(SHORT, lease, work.asMono()).block(LONG))
			.hasRootCauseInstanceOf(TimeoutException.class);
		assertThat(work.tryEmitValue("late")).isEqualTo(Sinks.EmitResult.OK);
	}

	@Test
	void workFindsTheContextOfTheOneThatWaits() {
		Mono<String> work = Mono.deferContextual((context) -> Mono.just(context.get("key")));
		assertThat(this.limit.within(LONG, new Lease(), work).contextWrite(Context.of("key", "value")).block())
			.isEqualTo("value");
	}

}
