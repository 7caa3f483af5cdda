package dev.passengers.edge;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.passengers.settings.BadSettingException;
import dev.passengers.settings.Settings;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Puts the edge in front of the deployed functions.
 */
@Configuration(proxyBeanMethods = false)
public class EdgeConfiguration {

	/** In the order of the contract. */
	private static final Map<String, Endpoint> ENDPOINTS = new LinkedHashMap<>();

	static {
		ENDPOINTS.put("hello", new ConstantEndpoint());
		ENDPOINTS.put("zero", new ConstantEndpoint());
		ENDPOINTS.put("passengerlist", new ListEndpoint());
		ENDPOINTS.put("getpassenger", new GetEndpoint());
		ENDPOINTS.put("postpassenger", new PostEndpoint());
		ENDPOINTS.put("putpassenger", new PutEndpoint());
		ENDPOINTS.put("deletepassenger", new DeleteEndpoint());
	}

	@Bean
	HttpHandler edge(BeanFactory beans, Environment environment) {
		Edge edge = new Edge(new ClosedCatalog(beans, deployed(environment)), ENDPOINTS);
		return WebHttpHandlerBuilder.webHandler(edge).build();
	}

	@Bean
	NettyReactiveWebServerFactory server(Environment environment, ReactorResourceFactory threads) {
		Settings settings = new Settings(environment);
		NettyReactiveWebServerFactory server = new NettyReactiveWebServerFactory(
				settings.integer("server.port", 0, 65535));
		if (!environment.getProperty("server.address", "").isBlank()) {
			server.setAddress(
					settings.read("server.address", true, InetAddress::getByName, "an address of this machine"));
		}
		server.setResourceFactory(threads);
		server.setShutdown(Shutdown.GRACEFUL);
		server.addServerCustomizers(new ServerLimits());
		return server;
	}

	private static Set<String> deployed(Environment environment) {
		String definition = environment.getProperty("spring.cloud.function.definition", "").strip();
		if (definition.isEmpty()) {
			return ENDPOINTS.keySet();
		}
		if (!ENDPOINTS.containsKey(definition)) {
			throw new BadSettingException("SPRING_CLOUD_FUNCTION_DEFINITION is '" + definition
					+ "', but the functions are: " + String.join(", ", ENDPOINTS.keySet())
					+ ". Name one of them, or leave it unset to serve all.");
		}
		return Set.of(definition);
	}

}
