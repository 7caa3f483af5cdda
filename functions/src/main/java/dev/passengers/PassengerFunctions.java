package dev.passengers;

import java.time.Duration;

import dev.passengers.database.DatabaseConfiguration;
import dev.passengers.edge.EdgeConfiguration;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Serves the function that {@code SPRING_CLOUD_FUNCTION_DEFINITION} names, or all seven.
 * What is configured automatically is listed here, not guessed from the class path: each
 * entry is paid for at every cold start.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, ConfigurationPropertiesAutoConfiguration.class,
		LifecycleAutoConfiguration.class, SslAutoConfiguration.class, NettyReactiveWebServerAutoConfiguration.class,
		HttpHandlerAutoConfiguration.class, R2dbcAutoConfiguration.class })
@Import({ DatabaseConfiguration.class, EdgeConfiguration.class })
@ComponentScan(basePackages = "dev.passengers.functions", lazyInit = true)
public class PassengerFunctions {

	/**
	 * Starts the process; it ends with status 0 when it is asked to by SIGTERM.
	 * @param args properties, as Spring Boot takes them
	 */
	public static void main(String[] args) {
		start(args);
	}

	/**
	 * Serves the clients' connections and the database's on the same threads, one for
	 * each processor, so that a request seldom has to change its thread.
	 */
	@Bean
	ReactorResourceFactory threads() {
		ReactorResourceFactory threads = new ReactorResourceFactory();
		threads.setUseGlobalResources(false);
		threads.setLoopResourcesSupplier(
				() -> LoopResources.create("passengers", Runtime.getRuntime().availableProcessors(), true));
		threads.setShutdownQuietPeriod(Duration.ZERO);
		return threads;
	}

	static ConfigurableApplicationContext start(String... args) {
		ConfigurableApplicationContext context = SpringApplication.run(PassengerFunctions.class, args);
		// A process that was asked to stop and did so has not failed, whatever the signal
		// was.
		SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
		return context;
	}

}
