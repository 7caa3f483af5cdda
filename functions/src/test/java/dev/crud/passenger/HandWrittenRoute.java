package dev.crud.passenger;

import java.util.Objects;
import java.util.UUID;

import dev.crud.Application;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Serves a baseline for measuring the function layer: getpassenger as one would write it
 * for WebFlux without functions, in the same JVM and on the same pool.
 * {@code bench/rivals} runs it.
 */
public final class HandWrittenRoute {

	private static final String FIND = """
			SELECT uuid, survived, passenger_class, name, sex, age, siblings_or_spouses_aboard,
			       parents_or_children_aboard, fare
			FROM passengers
			WHERE uuid = :uuid
			""";

	private final DatabaseClient database;

	private HandWrittenRoute(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Serves the functions, and this route on port 8090.
	 * @param args properties, as Spring Boot takes them
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext context = Application.application().run(args);
		HandWrittenRoute route = new HandWrittenRoute(DatabaseClient.create(pool(context.getEnvironment())));
		RouterFunction<ServerResponse> routes = RouterFunctions.route()
			.GET("/getpassenger/{uuid}", route::getPassenger)
			.build();
		HttpServer.create()
			.host("localhost")
			.port(8090)
			.handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes)))
			.bindNow();
	}

	private static ConnectionPool pool(Environment environment) {
		ConnectionFactory database = ConnectionFactories
			.get(ConnectionFactoryOptions.parse(environment.getRequiredProperty("spring.r2dbc.url"))
				.mutate()
				.option(ConnectionFactoryOptions.USER, environment.getRequiredProperty("spring.r2dbc.username"))
				.option(ConnectionFactoryOptions.PASSWORD, environment.getRequiredProperty("spring.r2dbc.password"))
				.build());
		return new ConnectionPool(ConnectionPoolConfiguration.builder(database)
			.maxSize(environment.getRequiredProperty("spring.r2dbc.pool.max-size", Integer.class))
			.build());
	}

	private Mono<ServerResponse> getPassenger(ServerRequest request) {
		return this.database.sql(FIND)
			.bind("uuid", UUID.fromString(request.pathVariable("uuid")))
			.map(Row::of)
			.one()
			.flatMap((row) -> ServerResponse.ok().bodyValue(row))
			.switchIfEmpty(ServerResponse.notFound().build());
	}

	/** The answer, which Jackson writes. */
	record Row(UUID uuid, boolean survived, int passengerClass, String name, String sex, double age,
			int siblingsOrSpousesAboard, int parentsOrChildrenAboard, double fare) {

		static Row of(Readable row) {
			return new Row(get(row, 0, UUID.class), get(row, 1, Boolean.class), get(row, 2, Integer.class),
					get(row, 3, String.class), get(row, 4, String.class), get(row, 5, Double.class),
					get(row, 6, Integer.class), get(row, 7, Integer.class), get(row, 8, Double.class));
		}

		private static <T> T get(Readable row, int index, Class<T> type) {
			return Objects.requireNonNull(row.get(index, type));
		}

	}

}
