package dev.crud;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.crud.database.Rows;
import dev.crud.function.Created;
import dev.crud.function.Creation;
import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Functions;
import dev.crud.function.ListQuery;
import dev.crud.function.Operation;
import dev.crud.function.RowList;
import dev.crud.function.Sort;
import dev.crud.table.InvalidRowException;
import dev.crud.table.RowFormat;
import dev.crud.table.RowReader;
import dev.crud.table.Table;
import reactor.core.publisher.Flux;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the functions locally, with {@code mvn -pl functions spring-boot:test-run}, on an
 * embedded Postgres with sample rows. The variable {@link Functions#csvVariable()} names
 * a file to load instead of the sample.
 */
public final class TestApplication {

	private static final ListQuery FIRST = new ListQuery(List.of(), Sort.BY_KEY, null, 1, ListQuery.Count.NONE,
			RowFormat.JSON);

	private TestApplication() {
	}

	/**
	 * Starts Postgres, then the functions; both end with the process.
	 * @param args properties, as Spring Boot takes them
	 * @throws IOException when the rows can't be read
	 */
	public static void main(String[] args) throws IOException {
		run();
	}

	public static ConfigurableApplicationContext run() throws IOException {
		LocalPostgres postgres = LocalPostgres.start();
		// This runs after the functions have stopped.
		SpringApplication.getShutdownHandlers().add(postgres::close);
		ConfigurableApplicationContext context = Application.application()
			.run("--spring.r2dbc.url=" + postgres.r2dbcUrl(), "--spring.r2dbc.password=" + LocalPostgres.PASSWORD,
					"--logging.structured.format.console=", "--logging.level.root=warn");
		Rows rows = context.getBean(Rows.class);
		long loaded = load(rows, context);
		RowList.Page first = rows.list(FIRST).cast(RowList.Page.class).block();
		describe(context, loaded, key(Objects.requireNonNull(first).parts().get(0)));
		return context;
	}

	private static long load(Rows rows, ConfigurableApplicationContext context) throws IOException {
		String file = System.getenv(context.getBean(Functions.class).csvVariable());
		try (InputStream csv = (file != null) ? Files.newInputStream(Path.of(file))
				: Objects.requireNonNull(TestApplication.class.getResourceAsStream("/db/sample.csv"))) {
			Flux<byte[]> content = Flux.just(csv.readAllBytes());
			RowReader reader = RowReader.csv(context.getBean(Table.class));
			Created created = rows.insert(new Creation.Many(reader.rows(content), () -> null)).block();
			return ((Created.Many) Objects.requireNonNull(created)).inserted();
		}
		catch (InvalidRowException ex) {
			ex.violations()
				.list()
				.forEach((violation) -> System.err.printf("%s:%d: %s %s%n", file, violation.line(), violation.pointer(),
						violation.detail()));
			throw ex;
		}
	}

	private static String key(byte[] list) {
		return Body.parse(new String(list, StandardCharsets.UTF_8)).get(0).get(Table.KEY).asString();
	}

	private static void describe(ConfigurableApplicationContext context, long loaded, String key) {
		Functions functions = context.getBean(Functions.class);
		String address = "http://localhost:"
				+ Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
		String routes = functions.all()
			.stream()
			.map((function) -> "  %-7s %s%s%n".formatted(function.operation().method(), address, path(function)))
			.collect(Collectors.joining());
		System.out.printf("%n%d %s are there. The functions, until Ctrl-C:%n%n%s%nTry: curl %s%s/%s%n%n", loaded,
				functions.noun().plural(), routes, address, functions.of(Operation.GET).path(), key);
	}

	private static String path(FunctionDeclaration function) {
		return function.path() + (function.operation().takesKey() ? "/{" + Table.KEY + "}" : "");
	}

}
