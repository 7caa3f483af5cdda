package dev.crud.knative;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Base64;

import com.sun.net.httpserver.HttpServer;

/**
 * Runs in a pod, with the JVM of the functions' image: prints what is exported to it
 * (OTLP over HTTP), a line for each request.
 */
final class Collector {

	private static final int PORT = 4318;

	private Collector() {
	}

	/**
	 * Collects.
	 * @param arguments none
	 * @throws IOException when the port is not free
	 */
	public static void main(String[] arguments) throws IOException {
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
