package dev.passengers.edge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebHandler;
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

	@Bean(WebHttpHandlerBuilder.WEB_HANDLER_BEAN_NAME)
	WebHandler edge(GenericApplicationContext context, Environment environment) {
		return new Edge(new ClosedCatalog(context, deployed(environment)), ENDPOINTS);
	}

	private static Set<String> deployed(Environment environment) {
		String definition = environment.getProperty("spring.cloud.function.definition", "").strip();
		if (definition.isEmpty()) {
			return ENDPOINTS.keySet();
		}
		if (!ENDPOINTS.containsKey(definition)) {
			throw new UnknownFunctionException(definition, ENDPOINTS.keySet());
		}
		return Set.of(definition);
	}

	@Bean
	NettyServerCustomizer limits() {
		return new ServerLimits();
	}

}
