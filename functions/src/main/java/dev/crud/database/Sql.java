package dev.crud.database;

import java.util.List;
import java.util.function.Function;

import dev.crud.telemetry.RequestTelemetry;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A statement and the values of its parameters. Every statement with values is run like
 * this, so no value ever becomes part of a statement's text.
 *
 * @param text the statement; parameters are {@code $1}, {@code $2} and so on
 * @param parameters their values, in this order
 */
record Sql(String text, List<Object> parameters) {

	static Sql of(String text, Object... parameters) {
		return new Sql(text, List.of(parameters));
	}

	/**
	 * Runs the statement.
	 * @param <T> the type that a row is turned into
	 * @param connection the connection to run it on
	 * @param row reads a row, which is valid only until this returns
	 * @return what {@code row} has made of each row
	 */
	<T> Flux<T> rows(Connection connection, Function<Readable, T> row) {
		return RequestTelemetry.rows(this.text, Flux.defer(() -> {
			Statement statement = statement(connection);
			if (this.parameters.isEmpty()) {
				// Otherwise the driver would not prepare a statement without parameters.
				statement.fetchSize(Integer.MAX_VALUE);
			}
			return statement.execute();
		}).concatMap((result) -> result.map(row)));
	}

	/**
	 * Runs the statement.
	 * @param connection the connection to run it on
	 * @return how many rows it changed
	 */
	Mono<Long> changes(Connection connection) {
		return RequestTelemetry.statement(this.text,
				Flux.defer(() -> statement(connection).execute())
					.concatMap(Result::getRowsUpdated)
					.reduce(0L, Long::sum));
	}

	private Statement statement(Connection connection) {
		Statement statement = connection.createStatement(this.text);
		for (int i = 0; i < this.parameters.size(); i++) {
			statement.bind(i, this.parameters.get(i));
		}
		return statement;
	}

}
