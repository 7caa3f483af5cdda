package dev.crud.database;

import java.net.InetAddress;
import java.net.ServerSocket;
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

class DatabaseSocketsTests {

	@ParameterizedTest
	@EnumSource(value = SSLMode.class, names = { "DISABLE", "REQUIRE" })
	void socketToAServerThatSaysNothingIsClosed(SSLMode mode) throws Exception {
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			CompletableFuture<? extends Connection> login = login(server.getLocalPort(), mode);
			try (Socket accepted = server.accept()) {
				assertThatThrownBy(login::join).hasRootCauseInstanceOf(TimeoutException.class);
				accepted.setSoTimeout(3000);
				assertThat(accepted.getInputStream().readAllBytes()).isNotEmpty();
			}
		}
	}

	@Test
	@DisplayName("the first packets are dropped: a later socket is used, the first ones are closed when they open")
	void anotherSocketIsTried() throws Exception {
		try (FullServer server = new FullServer()) {
			CompletableFuture<? extends Connection> login = login(server.port(), SSLMode.DISABLE);
			Thread.sleep(3 * DatabaseSockets.NEXT_TRY.toMillis());
			server.makeRoom();
			// TCP sends again what was dropped, after a second.
			List<Socket> accepted = server.accept(2000);
			assertThat(accepted).hasSizeGreaterThan(1);
			List<Integer> sent = new ArrayList<>();
			for (Socket socket : accepted) {
				socket.setSoTimeout(3000);
				sent.add(socket.getInputStream().readAllBytes().length);
				socket.close();
			}
			assertThat(sent.remove(0)).isPositive();
			assertThat(sent).containsOnly(0);
			assertThatThrownBy(login::join).hasRootCauseInstanceOf(TimeoutException.class);
		}
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
