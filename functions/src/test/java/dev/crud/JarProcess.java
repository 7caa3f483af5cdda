package dev.crud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Runs the packaged artifact as a process of its own, with a heap of 64 MiB.
 */
public final class JarProcess implements AutoCloseable {

	static final Path JAR = Path.of("target", Declaration.FUNCTIONS.image() + ".jar");

	private final Process process;

	private final int port;

	private JarProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts the process and waits until {@code /hello} answers or, when it serves
	 * another function alone, until it answers anything.
	 * @param r2dbcUrl its database
	 * @param function the one function to serve, or {@code null} for all seven
	 * @return the running process
	 */
	public static JarProcess start(String r2dbcUrl, @Nullable String function) {
		return start(r2dbcUrl, function, Map.of());
	}

	static JarProcess start(String r2dbcUrl, @Nullable String function, Map<String, String> environment) {
		int port = freePort();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
						"-XX:+ExitOnOutOfMemoryError", "-jar", JAR.toString()));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(log(port).toFile());
		builder.environment().put("SERVER_PORT", Integer.toString(port));
		builder.environment().put("SPRING_R2DBC_URL", r2dbcUrl);
		builder.environment().put("SPRING_R2DBC_PASSWORD", LocalPostgres.PASSWORD);
		builder.environment().putAll(environment);
		if (function != null) {
			builder.environment().put("SPRING_CLOUD_FUNCTION_DEFINITION", function);
			builder.environment().put("SPRING_R2DBC_USERNAME", function);
		}
		try {
			JarProcess jar = new JarProcess(builder.start(), port);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.ignoreExceptions()
				.until(() -> jar.get("/").statusCode() > 0);
			return jar;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path log(int port) {
		return Path.of("target", Declaration.FUNCTIONS.image() + "-" + port + ".log");
	}

	/**
	 * Reads what the process has logged.
	 * @return its output
	 */
	String log() {
		try {
			return Files.readString(log(this.port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.port;
	}

	public URI uri(String target) {
		return URI.create("http://localhost:" + this.port + target);
	}

	public HttpResponse<String> get(String target) {
		return RunningFunctions.send(HttpRequest.newBuilder(uri(target)).timeout(Duration.ofSeconds(10)).build());
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/** Asks the process to stop, as Kubernetes does. */
	void terminate() {
		this.process.destroy();
	}

	/**
	 * Waits for the process to end.
	 * @param limit the longest time to wait
	 * @return its exit status
	 */
	int exitStatus(Duration limit) {
		try {
			if (!this.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError("still running after " + limit);
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
