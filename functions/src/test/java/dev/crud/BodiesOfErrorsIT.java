package dev.crud;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.crud.function.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests bodies that are made to fill the memory of the process with their errors. The
 * heap has 64 MiB, and {@code -XX:+ExitOnOutOfMemoryError} ends a process that runs out
 * of memory.
 */
class BodiesOfErrorsIT {

	private static final String HEADER = Body.csvHeader() + "\n";

	private static LocalPostgres postgres;

	private static JarProcess process;

	@BeforeAll
	static void start() {
		postgres = LocalPostgres.start();
		process = JarProcess.start(postgres.r2dbcUrl(), Declaration.FUNCTIONS.of(Operation.POST).name());
	}

	@AfterAll
	static void stop() {
		process.close();
		postgres.close();
	}

	@ParameterizedTest
	@EnumSource
	void areRefusedByAProcessThatLivesOn(Attack attack) {
		isRefused(attack.type, Collections.nCopies(attack.times, attack.part));
	}

	/** Together they have more names than fit into the heap. */
	@Test
	void ofManyLongNamesAreRefusedByAProcessThatLivesOn() {
		String row = Body.example().toString().replaceFirst("}$", ",\"%060000d\":1}\n");
		for (int upload = 0; upload < 20; upload++) {
			int first = upload * 100;
			isRefused("application/x-ndjson", IntStream.range(first, first + 100).mapToObj(row::formatted).toList());
		}
	}

	private static void isRefused(String type, List<String> parts) {
		HttpRequest request = HttpRequest.newBuilder(process.uri("/"))
			.timeout(Duration.ofSeconds(60))
			.header("Content-Type", type)
			.POST(BodyPublishers
				.ofByteArrays(() -> parts.stream().map((part) -> part.getBytes(StandardCharsets.US_ASCII)).iterator()))
			.build();
		Problem.assertProblem(RunningFunctions.send(request), 400);
		assertThat(process.isAlive()).isTrue();
	}

	/** A body that repeats a part of up to 64 KiB many times. */
	private enum Attack {

		DUPLICATE_FIELDS("application/json", object(duplicates()), 1),

		UNKNOWN_FIELDS("application/json", object(unknown()), 1),

		ROWS_OF_DUPLICATE_FIELDS("application/x-ndjson", object(duplicates()) + "\n", 1500),

		ROWS_OF_UNKNOWN_FIELDS("application/x-ndjson", object(unknown()) + "\n", 1500),

		COLUMNS("text/csv", "c,".repeat(30_000) + "c\n", 1500),

		VALUES("text/csv", HEADER + "x,".repeat(30_000) + "x\n", 1500);

		private final String type;

		private final String part;

		private final int times;

		Attack(String type, String part, int times) {
			this.type = type;
			this.part = part;
			this.times = times;
		}

		private static String object(String fields) {
			return "{\"x\":1" + fields + "}";
		}

		private static String duplicates() {
			return ",\"\":1".repeat(12_000);
		}

		private static String unknown() {
			return IntStream.range(0, 5_000).mapToObj((i) -> ",\"x" + i + "\":1").collect(Collectors.joining());
		}

	}

}
