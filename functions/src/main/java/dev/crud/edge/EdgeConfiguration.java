package dev.crud.edge;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.crud.auth.Guard;
import dev.crud.function.Functions;
import dev.crud.function.Operation;
import dev.crud.openapi.OpenApi;
import dev.crud.settings.BadSettingException;
import dev.crud.settings.Settings;
import dev.crud.table.Table;
import dev.crud.telemetry.Telemetry;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * Puts the edge in front of the deployed functions.
 */
@Configuration(proxyBeanMethods = false)
public class EdgeConfiguration {

	@Bean
	HttpHandler edge(BeanFactory beans, Environment environment, Table table, Functions functions,
			Telemetry telemetry) {
		FunctionCatalog catalog = new ClosedCatalog(beans, deployed(environment, functions));
		return new Edge(catalog, functions, endpoints(table, functions), new Problems(table.noun()),
				new OpenApiEndpoint(new OpenApi(table, functions)), Guard.of(new Settings(environment), functions),
				telemetry);
	}

	private static Map<Operation, Endpoint> endpoints(Table table, Functions functions) {
		return Map.of(Operation.CONSTANT, new ConstantEndpoint(), Operation.LIST, new ListEndpoint(table),
				Operation.GET, new GetEndpoint(), Operation.POST,
				new PostEndpoint(table, functions.of(Operation.GET).path()), Operation.PUT, new PutEndpoint(table),
				Operation.DELETE, new DeleteEndpoint());
	}

	/** Made after the edge, whose functions connect to the database meanwhile. */
	@Bean
	@DependsOn("edge")
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

	private static Set<String> deployed(Environment environment, Functions functions) {
		Set<String> all = new LinkedHashSet<>();
		functions.all().forEach((function) -> all.add(function.name()));
		String definition = new Settings(environment).function();
		if (!definition.isEmpty() && !all.contains(definition)) {
			throw new BadSettingException(
					"SPRING_CLOUD_FUNCTION_DEFINITION is '" + definition + "', but the functions are: "
							+ String.join(", ", all) + ". Name one of them, or leave it unset to serve all.");
		}
		return definition.isEmpty() ? all : Set.of(definition);
	}

}
