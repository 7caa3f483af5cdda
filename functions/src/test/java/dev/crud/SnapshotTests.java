package dev.crud;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a list shows the table as it was at one moment, and that nobody sees whether
 * it came from one statement or from a cursor.
 */
class SnapshotTests {

	/** Far more rows than the buffers between client and database hold. */
	private static final int MANY = 150_000;

	private static final String EXPORT = "GET %s HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\nConnection: close\r\n\r\n"
		.formatted(Routes.LIST);

	@Test
	@DisplayName("rows that are written while a list is read don't appear in it, and deleted ones stay in it")
	void listIsOneSnapshot() throws IOException {
		try (LocalPostgres postgres = LocalPostgres.start();
				RunningFunctions functions = Shared.warm(RunningFunctions.all(postgres))) {
			postgres.execute("DELETE FROM " + Stored.TABLE);
			postgres.execute(Stored.insert(MANY));
			try (Socket socket = RawHttp.connect(functions)) {
				socket.getOutputStream().write(EXPORT.getBytes(StandardCharsets.US_ASCII));
				assertThat(socket.getInputStream().read()).isEqualTo('H');
				postgres.execute(Stored.insert(7));
				postgres.execute("DELETE FROM %s WHERE ctid < '(100,0)'".formatted(Stored.TABLE));
				String later = functions.get(Routes.LIST + "?limit=1&count=true")
					.headers()
					.firstValue("X-Total-Count")
					.orElseThrow();
				assertThat(Integer.parseInt(later)).isLessThan(MANY);
				String answer = RawHttp.readAll(socket);
				assertThat(answer).startsWith("TTP/1.1 200").endsWith("0\r\n\r\n");
				assertThat(rows(answer)).isEqualTo(MANY);
			}
		}
	}

	/** Counts the rows of CSV, each of which starts with its key. */
	private static long rows(String csv) {
		return csv.lines().filter((line) -> line.matches("\\p{XDigit}{8}-\\p{XDigit}{4}-.*")).count();
	}

	@ParameterizedTest(name = "{0} rows as {1}")
	@CsvSource({ "0, application/json", "999, application/json", "1000, application/json", "1001, application/json",
			"1002, application/json", "2001, application/json", "0, text/csv", "1000, text/csv", "1001, text/csv",
			"0, application/x-ndjson", "1000, application/x-ndjson", "1001, application/x-ndjson" })
	void listIsWhole(int rows, String format) {
		RunningFunctions functions = Shared.emptied();
		Shared.query(Stored.insert(rows));
		HttpResponse<String> list = functions.get(Routes.LIST, "Accept", format);
		assertThat(list.statusCode()).isEqualTo(200);
		assertThat(switch (format) {
			case "application/json" -> Body.parse(list.body()).size();
			case "text/csv" -> rows(list.body());
			default -> list.body().lines().count();
		}).isEqualTo(rows);
		assertThat(list.headers().firstValueAsLong("Content-Length").isPresent()).isEqualTo(rows <= 1000);
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 1001 })
	@DisplayName("HTTP/1.0 knows no chunks")
	void listIsWholeInHttp10(int rows) {
		RunningFunctions functions = Shared.emptied();
		Shared.query(Stored.insert(rows));
		String list = RawHttp.exchange(functions, "GET " + Routes.LIST + " HTTP/1.0\r\n\r\n");
		assertThat(list).doesNotContainIgnoringCase("chunked");
		assertThat(Body.parse(RawHttp.body(list)).size()).isEqualTo(rows);
	}

}
