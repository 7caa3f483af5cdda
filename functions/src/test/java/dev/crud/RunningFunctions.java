package dev.crud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Serves the functions in this JVM as a process would, on a port of their own, for tests
 * that use them through HTTP alone.
 */
public final class RunningFunctions implements AutoCloseable {

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final ConfigurableApplicationContext context;

	private RunningFunctions(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Serves all seven functions.
	 * @param postgres their database
	 * @param properties more properties, as {@code name=value}
	 * @return the running functions
	 */
	public static RunningFunctions all(LocalPostgres postgres, String... properties) {
		Map<String, String> all = new LinkedHashMap<>(Map.of("server.port", "0", "spring.r2dbc.url",
				postgres.r2dbcUrl(), "spring.r2dbc.password", LocalPostgres.PASSWORD));
		for (String property : properties) {
			int equals = property.indexOf('=');
			all.put(property.substring(0, equals), property.substring(equals + 1));
		}
		// These are arguments, because application.properties would override default
		// properties.
		String[] arguments = all.entrySet().stream().map((one) -> "--" + one).toArray(String[]::new);
		return new RunningFunctions(Application.application().run(arguments));
	}

	/**
	 * Serves one function, as its own database role if it has one.
	 * @param postgres its database
	 * @param function its name
	 * @return the running function
	 */
	public static RunningFunctions only(LocalPostgres postgres, String function) {
		return all(postgres, "spring.cloud.function.definition=" + function, "spring.r2dbc.username=" + function);
	}

	public int port() {
		return Objects.requireNonNull(((WebServerApplicationContext) this.context).getWebServer()).getPort();
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	public URI uri(String target) {
		return URI.create("http://localhost:" + port() + target);
	}

	/**
	 * Sends a request.
	 * @param method the method
	 * @param target path and query, encoded
	 * @param body the body, or {@code null} for none
	 * @param headers names and values, alternating
	 * @return the response
	 */
	public HttpResponse<String> send(String method, String target, @Nullable String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(target))
			.timeout(Duration.ofSeconds(30))
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request.build());
	}

	public HttpResponse<String> get(String target, String... headers) {
		return send("GET", target, null, headers);
	}

	public HttpResponse<String> post(String body, String... headers) {
		String[] all = Arrays.copyOf(headers, headers.length + 2);
		all[headers.length] = "Content-Type";
		all[headers.length + 1] = "application/json";
		return send("POST", Routes.POST, body, all);
	}

	public static HttpResponse<String> send(HttpRequest request) {
		try {
			return CLIENT.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
