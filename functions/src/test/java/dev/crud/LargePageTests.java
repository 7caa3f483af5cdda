package dev.crud;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests pages of many rows, which consist of several parts.
 */
class LargePageTests {

	private final RunningFunctions functions = Shared.FUNCTIONS;

	@Test
	void aPageOfAThousandRowsIsWhole() {
		String rows = IntStream.range(0, 1001)
			.mapToObj((i) -> Body.example().toString())
			.collect(Collectors.joining("\n"));
		HttpResponse<String> posted = this.functions.send("POST", Routes.POST, rows, "Content-Type",
				"application/x-ndjson");
		assertThat(posted.body()).isEqualTo("{\"inserted\":1001}");
		HttpResponse<String> page = this.functions.get(Routes.LIST + "?limit=1000");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(Body.parse(page.body()).size()).isEqualTo(1000);
		assertThat(page.headers().firstValueAsLong("Content-Length"))
			.hasValue(page.body().getBytes(StandardCharsets.UTF_8).length);
		assertThat(page.headers().firstValue("Link")).isPresent();
	}

}
