package dev.crud.database;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.crud.FullServer;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseSocketsTests {

	/** Its number, the local and the remote address, and its state. */
	private static final Pattern OPENING = Pattern.compile(" *\\d+: \\w+:(\\w+) \\w+:(\\w+) 02 ");

	@ParameterizedTest
	@EnumSource(value = SSLMode.class, names = { "DISABLE", "REQUIRE" })
	void socketToAServerThatSaysNothingIsClosed(SSLMode mode) throws Exception {
		try (FullServer server = new FullServer()) {
			server.makeRoom();
			CompletableFuture<? extends Connection> login = login(server.port(), mode);
			assertThat(receivedUntilTheEnd(server.accept(1000))).hasSize(1).allMatch((bytes) -> bytes > 0);
			assertThatThrownBy(login::join).hasRootCauseInstanceOf(TimeoutException.class);
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	@DisplayName("the first packet is dropped: a later socket is used, and the others are closed")
	void anotherSocketIsTried() throws Exception {
		try (FullServer server = new FullServer()) {
			CompletableFuture<? extends Connection> login = login(server.port(), SSLMode.DISABLE);
			List<Integer> dropped = opening(server.port());
			while (dropped.isEmpty() && !login.isDone()) {
				dropped = opening(server.port());
			}
			server.makeRoom();
			// Longer than until TCP sends again what was dropped.
			List<Socket> accepted = server.accept(2000);
			assertThat(accepted).extracting(Socket::getPort).isNotEmpty().doesNotContainAnyElementsOf(dropped);
			assertThat(receivedUntilTheEnd(accepted)).filteredOn((bytes) -> bytes > 0).hasSize(1);
			assertThatThrownBy(login::join).hasRootCauseInstanceOf(TimeoutException.class);
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	@DisplayName("all packets are dropped: sockets are few, and none stays")
	void socketsThatDoNotOpenAreClosed() throws Exception {
		try (FullServer server = new FullServer()) {
			CompletableFuture<? extends Connection> login = login(server.port(), SSLMode.DISABLE);
			int most = 0;
			while (!login.isDone()) {
				most = Math.max(most, opening(server.port()).size());
				Thread.sleep(10);
			}
			assertThatThrownBy(login::join).hasRootCauseInstanceOf(TimeoutException.class);
			assertThat(most).isEqualTo(DatabaseSockets.SOCKETS_AT_ONCE);
			for (int check = 0; check < 100 && !opening(server.port()).isEmpty(); check++) {
				Thread.sleep(100);
			}
			assertThat(opening(server.port())).isEmpty();
		}
	}

	/** Returns the local ports of the sockets whose first packet has no answer yet. */
	private static List<Integer> opening(int port) throws IOException {
		List<Integer> opening = new ArrayList<>();
		for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
			for (String socket : Files.readAllLines(Path.of(table))) {
				Matcher fields = OPENING.matcher(socket);
				if (fields.lookingAt() && Integer.parseInt(fields.group(2), 16) == port) {
					opening.add(Integer.parseInt(fields.group(1), 16));
				}
			}
		}
		return opening;
	}

	/** Returns how many bytes came on each socket before the other side closed it. */
	private static List<Integer> receivedUntilTheEnd(List<Socket> sockets) throws IOException {
		List<Integer> received = new ArrayList<>();
		for (Socket socket : sockets) {
			socket.setSoTimeout(3000);
			received.add(socket.getInputStream().readAllBytes().length);
			socket.close();
		}
		return received;
	}

	private static CompletableFuture<? extends Connection> login(int port, SSLMode mode) {
		ConnectionFactory database = DatabaseSockets.factory(PostgresqlConnectionConfiguration.builder()
			.host("localhost")
			.port(port)
			.username("somebody")
			.password("secret")
			.sslMode(mode)
			.build());
		return Mono.from(database.create()).timeout(DatabaseConfiguration.CREATE).toFuture();
	}

}
