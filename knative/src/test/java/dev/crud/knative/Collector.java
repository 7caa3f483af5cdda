package dev.crud.knative;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import com.sun.net.httpserver.HttpServer;

/**
 * Runs in a pod, with the JVM of the functions' image: prints what is exported to it
 * (OTLP over HTTP), a line for each request, or what is at the URL that it is given.
 */
final class Collector {

	private static final int PORT = 4318;

	private Collector() {
	}

	/**
	 * Collects, or reads once.
	 * @param arguments a URL, or nothing
	 * @throws IOException when the port is not free or the URL can't be read
	 */
	public static void main(String[] arguments) throws IOException {
		if (arguments.length > 0) {
			try (InputStream answer = URI.create(arguments[0]).toURL().openStream()) {
				System.out.println(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
			}
			return;
		}
		HttpServer server = HttpServer.create(new InetSocketAddress(PORT), 0);
		server.createContext("/", (exchange) -> {
			byte[] body = exchange.getRequestBody().readAllBytes();
			System.out.println(exchange.getRequestURI() + " " + Base64.getEncoder().encodeToString(body));
			exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		server.start();
	}

}
