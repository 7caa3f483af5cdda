package dev.crud.database;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
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
			ConnectionFactory database = DatabaseSockets.factory(PostgresqlConnectionConfiguration.builder()
				.host("localhost")
				.port(server.getLocalPort())
				.username("somebody")
				.password("secret")
				.sslMode(mode)
				.build());
			CompletableFuture<? extends Connection> login = Mono.from(database.create())
				.timeout(DatabaseConfiguration.CREATE)
				.toFuture();
			try (Socket accepted = server.accept()) {
				assertThatThrownBy(login::join).hasRootCauseInstanceOf(TimeoutException.class);
				accepted.setSoTimeout(3000);
				assertThat(accepted.getInputStream().readAllBytes()).isNotEmpty();
			}
		}
	}

}
