package dev.crud.database;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import dev.crud.LocalPostgres;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads values as the driver does.
 */
class BinaryCodecsTests {

	private static final LocalPostgres POSTGRES = LocalPostgres.start();

	@AfterAll
	static void stop() {
		POSTGRES.close();
	}

	static Stream<Arguments> values() {
		return Stream.of(Arguments.of("boolean", Boolean.class, List.of("false", "true")),
				Arguments.of("smallint", Long.class, List.of("-32768", "-1", "0", "32767")),
				Arguments.of("integer", Long.class, List.of("-2147483648", "-1", "0", "2147483647")),
				Arguments.of("bigint", Long.class, List.of("-9223372036854775808", "0", "9223372036854775807")),
				Arguments.of("double precision", Double.class,
						List.of("-0", "0.1", "5e-324", "-1.7976931348623157e308", "Infinity", "NaN")),
				Arguments.of("text", String.class, List.of("", "a", "\u0001\"\\", "\u00e9\u20ac", "\uD83D\uDE00")),
				Arguments.of("uuid", UUID.class, List.of("00000000-0000-0000-0000-000000000000",
						"ffffffff-ffff-7fff-8fff-ffffffffffff", "0123fedc-4567-89ab-cdef-fedcba987654")));
	}

	@ParameterizedTest
	@MethodSource("values")
	@DisplayName("a value of a common type is what the driver would read")
	void readsWhatTheDriverReads(String sqlType, Class<?> type, List<String> values) {
		ConnectionFactoryOptions options = Pools.options(POSTGRES)
			.mutate()
			.option(PostgresqlConnectionFactoryProvider.FORCE_BINARY, true)
			.build();
		ConnectionFactory driver = new PostgresqlConnectionFactoryProvider().create(options);
		ConnectionFactory ours = DatabaseSockets.factory(PostgresqlConnectionFactoryProvider.builder(options).build());
		List<Optional<Object>> read = read(ours, sqlType, type, values);
		assertThat(read).hasSize(values.size() + 1).isEqualTo(read(driver, sqlType, type, values));
		assertThat(read.subList(0, values.size())).allMatch((value) -> type.isInstance(value.orElseThrow()));
		assertThat(read.get(values.size())).isEmpty();
	}

	private static List<Optional<Object>> read(ConnectionFactory database, String sqlType, Class<?> type,
			List<String> values) {
		String sql = "SELECT value::" + sqlType + " FROM unnest($1 || ARRAY[NULL]::text[]) AS given (value)";
		return Flux
			.usingWhen(database.create(),
					(connection) -> Flux
						.from(connection.createStatement(sql).bind(0, values.toArray(String[]::new)).execute())
						.concatMap((result) -> result.map((row) -> Optional.ofNullable((Object) row.get(0, type)))),
					Connection::close)
			.collectList()
			.blockOptional()
			.orElseThrow();
	}

}
