package dev.crud.database;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import dev.crud.FullServer;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;

class DatabaseSocketsTests {

	@ParameterizedTest
	@EnumSource(value = SSLMode.class, names = { "DISABLE", "REQUIRE" })
	void socketToAServerThatSaysNothingIsClosed(SSLMode mode) throws Exception {
		try (FullServer server = new FullServer()) {
			server.makeRoom();
			CompletableFuture<? extends Connection> login = login(server.port(), mode);
			assertThat(receivedUntilTheEnd(server.accept(1000))).singleElement().asInstanceOf(INTEGER).isPositive();
			assertThatThrownBy(login::join).hasRootCauseInstanceOf(TimeoutException.class);
		}
	}

	@Test
	@DisplayName("the first packets are dropped: a later socket is used, the others are closed when they open")
	void anotherSocketIsTried() throws Exception {
		try (FullServer server = new FullServer()) {
			CompletableFuture<? extends Connection> login = login(server.port(), SSLMode.DISABLE);
			Thread.sleep(3 * DatabaseSockets.NEXT_TRY.toMillis());
			server.makeRoom();
			// TCP sends again what was dropped, after a second.
			List<Integer> received = receivedUntilTheEnd(server.accept(2000));
			assertThat(received).hasSizeGreaterThan(1);
			assertThat(received).filteredOn((bytes) -> bytes > 0).hasSize(1);
			assertThatThrownBy(login::join).hasRootCauseInstanceOf(TimeoutException.class);
		}
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
