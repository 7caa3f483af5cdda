package dev.crud;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a list whose database fails while the list is read.
 */
class MidStreamTests {

	private static final String TERMINATE = """
			SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE usename = '%s'
			""".formatted(Declaration.FUNCTIONS.role());

	@Test
	@DisplayName("a truncated answer never looks complete")
	void truncatedAnswerDoesNotLookComplete() throws IOException {
		try (LocalPostgres postgres = LocalPostgres.start();
				RunningFunctions functions = Shared.warm(RunningFunctions.all(postgres))) {
			// Far more rows than the buffers between client and database hold.
			postgres.execute(Stored.insert(150_000));
			try (Socket socket = RawHttp.connect(functions)) {
				socket.getOutputStream()
					.write(("GET " + Routes.LIST + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
						.getBytes(StandardCharsets.US_ASCII));
				assertThat(socket.getInputStream().read()).isEqualTo('H');
				postgres.execute(TERMINATE);
				String answer = RawHttp.readAll(socket);
				assertThat(answer).startsWith("TTP/1.1 200").doesNotContain("}]").doesNotEndWith("0\r\n\r\n");
			}
			assertThat(functions.get(Routes.LIST + "?limit=1").statusCode()).isEqualTo(200);
		}
	}

}
