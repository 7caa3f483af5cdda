package dev.crud;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.crud.table.Column;
import dev.crud.table.ColumnType;
import dev.crud.table.ColumnTypes;
import dev.crud.table.FilterKind;
import dev.crud.table.Noun;
import dev.crud.table.Table;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Provides a table with every type of column, both with required and with optional
 * values, and the functions over it.
 */
final class Things implements AutoCloseable {

	static final List<Kind> KINDS = List.of(Kind.of("bool", ColumnTypes.bool(), "false", "true"),
			Kind.of("small", ColumnTypes.integer(-5, 9), "-5", "0", "9"),
			Kind.of("int", ColumnTypes.integer(0, 100_000), "7", "40000", "100000"),
			Kind.of("big", ColumnTypes.integer(Long.MIN_VALUE, Long.MAX_VALUE), "-9223372036854775808", "3000000000",
					"9223372036854775807"),
			Kind.of("double", ColumnTypes.number(-10, 10), "-10.0", "1.0E-5", "0.1", "9.875"),
			Kind.of("decimal", ColumnTypes.decimal(20, 2), "-0.01", "12.50", "100000000000000000.07"),
			Kind.of("text", ColumnTypes.text(1, 20), "\"A, b\"", "\"b\\\"c\"", "\"\u00e9\"", "\"\uD83D\uDEA2\""),
			Kind.of("oneOf", ColumnTypes.oneOf("a", "B", "c d"), "\"B\"", "\"a\"", "\"c d\""),
			Kind.of("date", ColumnTypes.date(), "\"0001-01-01\"", "\"2024-02-29\"", "\"9999-12-31\""),
			Kind.of("timestamp", ColumnTypes.timestamp(), "\"0001-01-01T00:00:00Z\"", "\"2024-02-29T12:34:56.000001Z\"",
					"\"2024-02-29T12:34:57Z\"", "\"9999-12-31T23:59:59.999999Z\""),
			Kind.of("other", ColumnTypes.uuid(), "\"00000000-0000-0000-0000-000000000001\"",
					"\"7fffffff-0000-0000-0000-000000000000\"", "\"ffffffff-0000-0000-0000-000000000000\""));

	static final Table TABLE = new Table("things", new Noun("a", "thing", "things"),
			KINDS.stream().flatMap(Kind::columns).toArray(Column[]::new));

	private final LocalPostgres postgres;

	private final ConfigurableApplicationContext context;

	/**
	 * Starts a Postgres with the table and nine rows, and the functions over it.
	 */
	Things() {
		this.postgres = LocalPostgres.start();
		this.postgres.execute(TABLE.columns()
			.stream()
			.map((column) -> "\"" + column.inDatabase() + "\" " + column.type().sqlType()
					+ (column.type().isText() ? " COLLATE pg_c_utf8" : "") + (column.optional() ? "" : " NOT NULL"))
			.collect(Collectors.joining(", ",
					"CREATE TABLE things (uuid uuid PRIMARY KEY DEFAULT uuidv7(), version bigint NOT NULL DEFAULT 1, ",
					")")));
		this.postgres.execute("GRANT ALL ON things TO " + Declaration.FUNCTIONS.role());
		SpringApplication application = Application.application();
		application.setAllowBeanDefinitionOverriding(true);
		application.addInitializers(
				(fresh) -> ((GenericApplicationContext) fresh).registerBean("table", Table.class, () -> TABLE));
		this.context = application.run("--server.port=0", "--spring.r2dbc.url=" + this.postgres.r2dbcUrl(),
				"--spring.r2dbc.password=" + LocalPostgres.PASSWORD);
		StringBuilder csv = new StringBuilder(
				TABLE.columns().stream().map(Column::name).collect(Collectors.joining(",", "", "\n")));
		for (int row = 0; row < 9; row++) {
			csv.append(row(row)).append('\n');
		}
		HttpResponse<String> created = send("POST", Routes.POST, csv.toString(), "text/csv");
		assertThat(created.body()).isEqualTo("{\"inserted\":9}");
	}

	/** Returns a row as CSV; every third row is without its optional values. */
	static String row(int row) {
		List<String> fields = new ArrayList<>();
		for (Kind kind : KINDS) {
			String value = kind.csv(row);
			fields.add(value);
			fields.add((row % 3 == 1) ? "" : value);
		}
		return String.join(",", fields);
	}

	@Override
	public void close() {
		this.context.close();
		this.postgres.close();
	}

	static Kind kind(String column) {
		return KINDS.stream()
			.filter((kind) -> kind.columns().anyMatch((one) -> one.name().equals(column)))
			.findFirst()
			.orElseThrow();
	}

	List<JsonNode> rows(String target) {
		HttpResponse<String> response = send("GET", target, "", "");
		assertThat(response.statusCode()).as(target + response.body()).isEqualTo(200);
		return Body.parse(response.body()).values().stream().toList();
	}

	List<String> uuids(String target) {
		return rows(target).stream().map((row) -> row.get("uuid").asString()).toList();
	}

	List<String> follow(String first) {
		List<String> uuids = new ArrayList<>();
		String target = first;
		while (!target.isEmpty()) {
			HttpResponse<String> page = send("GET", target, "", "");
			assertThat(page.statusCode()).as(target + page.body()).isEqualTo(200);
			Body.parse(page.body()).values().forEach((row) -> uuids.add(row.get("uuid").asString()));
			target = page.headers().firstValue("Link").map((link) -> link.substring(1, link.indexOf('>'))).orElse("");
		}
		return uuids;
	}

	HttpResponse<String> send(String method, String target, String body, String type) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(target))
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		return RunningFunctions.send((type.isEmpty() ? request : request.header("Content-Type", type)).build());
	}

	URI uri(String target) {
		int port = Objects.requireNonNull(((WebServerApplicationContext) this.context).getWebServer()).getPort();
		return URI.create("http://localhost:" + port + target);
	}

	/**
	 * A type of column with some of its values, as JSON, in ascending order.
	 */
	record Kind(String name, ColumnType type, List<String> values) {

		static Kind of(String name, ColumnType type, String... values) {
			return new Kind(name, type, List.of(values));
		}

		Stream<Column> columns() {
			String maybe = "maybe" + this.name.substring(0, 1).toUpperCase(Locale.ROOT) + this.name.substring(1);
			return Stream.of(column(this.name), column(maybe).orAbsent());
		}

		private Column column(String name) {
			Column column = Column.column(name, this.type, csvValue(0)).sortable();
			return this.type.filters().contains(FilterKind.MIN)
					? column.filtered(FilterKind.EQUAL, FilterKind.MIN, FilterKind.MAX)
					: column.filtered(FilterKind.EQUAL);
		}

		String value(int index) {
			return this.values.get(index % this.values.size());
		}

		private String csvValue(int index) {
			return Body.parse(value(index)).isString() ? Body.parse(value(index)).asString() : value(index);
		}

		String csv(int index) {
			String value = csvValue(index);
			return (value.contains(",") || value.contains("\"")) ? '"' + value.replace("\"", "\"\"") + '"' : value;
		}

	}

}
