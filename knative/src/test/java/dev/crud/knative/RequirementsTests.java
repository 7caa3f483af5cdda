package dev.crud.knative;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RequirementsTests {

	@Test
	void aProgramThatIsMissingIsAFailureThatNamesIt(@TempDir Path directory) throws IOException {
		Files.createFile(directory.resolve("kn"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
		Files.createFile(directory.resolve("kubectl"));
		assertThatCode(() -> Requirements.programs("/none:" + directory, "kn")).doesNotThrowAnyException();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> Requirements.programs("/none:" + directory, "kn", "kubectl"))
			.withMessageContaining("no kubectl on the PATH");
	}

	@Test
	void aClusterWithoutKnativeIsAFailure() {
		Settings none = new Settings((arguments) -> {
			throw new AssertionError("configmaps \"config-autoscaler\" not found");
		}, Duration.ofSeconds(1));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Requirements.knative(none))
			.withMessageContaining("no Knative Serving");
	}

	@Test
	void anIngressThatDoesNotListenIsAFailure() throws IOException {
		InetSocketAddress address;
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
			assertThatCode(() -> Requirements.ingress(address)).doesNotThrowAnyException();
		}
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Requirements.ingress(address))
			.withMessageContaining("CLUSTER_PORT");
	}

}
