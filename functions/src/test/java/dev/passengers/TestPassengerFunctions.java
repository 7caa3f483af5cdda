package dev.passengers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import dev.passengers.database.Passengers;
import dev.passengers.passenger.Count;
import dev.passengers.passenger.InvalidPassenger;
import dev.passengers.passenger.Passenger;
import dev.passengers.passenger.PassengerQuery;
import dev.passengers.passenger.Posting;
import dev.passengers.passenger.RowReader;
import dev.passengers.passenger.Sort;
import reactor.core.publisher.Flux;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the functions locally, on an embedded Postgres with passengers in it:
 * {@code mvn -pl functions spring-boot:test-run}. {@code PASSENGERS_CSV} names a file to
 * load instead of the sample.
 */
public final class TestPassengerFunctions {

	private TestPassengerFunctions() {
	}

	/**
	 * Starts Postgres, then the functions; both end with the process.
	 * @param args properties, as Spring Boot takes them
	 * @throws IOException when the passengers can't be read
	 */
	public static void main(String[] args) throws IOException {
		run();
	}

	static ConfigurableApplicationContext run() throws IOException {
		LocalPostgres postgres = LocalPostgres.start();
		// Runs once the functions have stopped.
		SpringApplication.getShutdownHandlers().add(postgres::close);
		ConfigurableApplicationContext context = PassengerFunctions.application()
			.run("--spring.r2dbc.url=" + postgres.r2dbcUrl(), "--spring.r2dbc.password=" + LocalPostgres.PASSWORD,
					"--logging.structured.format.console=", "--logging.level.root=warn");
		Passengers passengers = context.getBean(Passengers.class);
		long loaded = load(passengers);
		Passenger first = passengers.list(new PassengerQuery(Map.of(), Sort.BY_UUID, null, null, 1, Count.NONE))
			.flatMapMany((list) -> list.passengers())
			.blockFirst();
		describe(context, loaded, Objects.requireNonNull(first));
		return context;
	}

	private static long load(Passengers passengers) throws IOException {
		String file = System.getenv("PASSENGERS_CSV");
		try (InputStream csv = (file != null) ? Files.newInputStream(Path.of(file))
				: Objects.requireNonNull(TestPassengerFunctions.class.getResourceAsStream("/db/sample.csv"))) {
			Flux<byte[]> content = Flux.just(csv.readAllBytes());
			return Objects.requireNonNull(
					passengers.insertAll(new Posting.Many(RowReader.csv().rows(content), () -> null)).block());
		}
		catch (InvalidPassenger invalid) {
			invalid.violations()
				.list()
				.forEach((violation) -> System.err.printf("%s:%d: %s %s%n", file, violation.line(), violation.pointer(),
						violation.detail()));
			throw invalid;
		}
	}

	private static void describe(ConfigurableApplicationContext context, long loaded, Passenger first) {
		int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
		System.out.printf("""

				%d passengers are aboard. The functions, until Ctrl-C:

				  GET     http://localhost:%2$d/hello
				  GET     http://localhost:%2$d/zero
				  GET     http://localhost:%2$d/passengerlist
				  GET     http://localhost:%2$d/getpassenger/{uuid}
				  POST    http://localhost:%2$d/postpassenger
				  PUT     http://localhost:%2$d/putpassenger/{uuid}
				  DELETE  http://localhost:%2$d/deletepassenger/{uuid}

				Try: curl http://localhost:%2$d/getpassenger/%3$s

				""", loaded, port, first.uuid());
	}

}
