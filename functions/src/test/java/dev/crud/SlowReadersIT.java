package dev.crud;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import dev.crud.function.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Readers of a long list that take their time.
 */
@Tag("long")
class SlowReadersIT {

	private static final String LIST = Routes.name(Operation.LIST);

	private static LocalPostgres postgres;

	@BeforeAll
	static void start() {
		// More than all buffers on the way hold.
		postgres = LocalPostgres.start(Stored.insert(300_000));
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	@Test
	@DisplayName("ten of them leave connections for the other functions, and are cut off; who reads 64 KiB/s is not")
	void tenSlowReadersLeaveConnectionsForOthers() throws Exception {
		try (RunningFunctions functions = Shared.warm(RunningFunctions.all(postgres));
				Readers steady = Readers.start(functions, 1, 64 * 1024);
				Readers slow = Readers.start(functions, 10, 1024)) {
			for (int i = 0; i < 10; i++) {
				assertOthersWork(functions);
			}
			long start = System.nanoTime();
			HttpResponse<String> refused = functions.get(Routes.LIST);
			Problem.assertProblem(refused, 503);
			assertThat(refused.headers().firstValue("Retry-After")).isPresent();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2500));
			awaitTransactions(1);
			slow.assertReset();
			assertThat(functions.get(Routes.LIST + "?after=ffffffff-ffff-ffff-ffff-ffffffffffff").statusCode())
				.isEqualTo(200);
			assertThat(transactions()).as("the steady reader's").isEqualTo(1);
			assertThat(steady.sockets.get(0).getInputStream().available()).isPositive();
		}
	}

	private static void assertOthersWork(RunningFunctions functions) {
		HttpResponse<String> created = functions.post(Body.example().toString());
		assertThat(created.statusCode()).isEqualTo(201);
		String uuid = created.headers().firstValue("Location").orElseThrow().substring(Routes.GET.length());
		assertThat(functions.get(Routes.GET + uuid).statusCode()).isEqualTo(200);
		assertThat(
				functions.send("PUT", Routes.PUT + uuid, Body.example().toString(), "Content-Type", "application/json")
					.statusCode())
			.isEqualTo(200);
		assertThat(functions.send("DELETE", Routes.DELETE + uuid, null).statusCode()).isEqualTo(204);
		assertThat(functions.get(Routes.GET + UUID.randomUUID()).statusCode()).isEqualTo(404);
		assertThat(functions.get(Routes.LIST + "?limit=10").statusCode()).isEqualTo(200);
	}

	@Test
	@DisplayName("on the list's own host they are cut off, and the next list succeeds")
	void slowReadersOfAListAloneAreCutOff() throws Exception {
		try (RunningFunctions functions = RunningFunctions.all(postgres, "spring.r2dbc.pool.max-size=3",
				"spring.cloud.function.definition=" + LIST, "spring.r2dbc.username=" + LIST);
				Readers slow = Readers.start(functions, 3, 1024)) {
			Problem.assertProblem(functions.get(Routes.LIST + "?limit=1"), 503);
			awaitTransactions(0);
			slow.assertReset();
			assertThat(functions.get(Routes.LIST + "?limit=1").statusCode()).isEqualTo(200);
		}
	}

	/** What the database has to do with a reader ends with the reader. */
	private static void awaitTransactions(int count) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> transactions() == count);
	}

	private static int transactions() throws SQLException {
		try (Connection connection = postgres.connect();
				ResultSet count = connection.createStatement()
					.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'")) {
			count.next();
			return count.getInt(1);
		}
	}

	/** Clients that ask for the whole list and read so many bytes a second. */
	private record Readers(List<Socket> sockets, ScheduledExecutorService clock) implements AutoCloseable {

		@SuppressWarnings("FutureReturnValueIgnored") // It goes on until it is shut down.
		static Readers start(RunningFunctions functions, int count, int bytesASecond) throws IOException {
			Readers readers = new Readers(new ArrayList<>(), Executors.newSingleThreadScheduledExecutor());
			for (int i = 0; i < count; i++) {
				Socket socket = RawHttp.connect(functions);
				socket.getOutputStream()
					.write(("GET " + Routes.LIST + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
				assertThat(socket.getInputStream().read()).isEqualTo('H');
				readers.sockets.add(socket);
			}
			readers.clock.scheduleAtFixedRate(() -> readers.sockets.forEach((socket) -> read(socket, bytesASecond)), 1,
					1, TimeUnit.SECONDS);
			return readers;
		}

		/** Who is cut off still gets what was on its way. */
		private static void read(Socket socket, int bytes) {
			try {
				InputStream in = socket.getInputStream();
				in.readNBytes(Math.min(bytes, in.available()));
			}
			catch (IOException ex) {
				// It will tell again.
			}
		}

		/** Nobody may take what came for the whole list. */
		void assertReset() {
			this.clock.shutdownNow();
			assertThat(this.sockets).filteredOn((socket) -> wasReset(socket)).hasSizeGreaterThanOrEqualTo(3);
		}

		private static boolean wasReset(Socket socket) {
			try {
				socket.getInputStream().transferTo(OutputStream.nullOutputStream());
				return false;
			}
			catch (SocketException ex) {
				return true;
			}
			catch (IOException ex) {
				return false;
			}
		}

		@Override
		public void close() throws IOException {
			this.clock.shutdownNow();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}

	}

}
