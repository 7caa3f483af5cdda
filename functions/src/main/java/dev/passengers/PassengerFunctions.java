package dev.passengers;

import dev.passengers.database.DatabaseConfiguration;
import dev.passengers.edge.EdgeConfiguration;

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
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

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

	static ConfigurableApplicationContext start(String... args) {
		ConfigurableApplicationContext context = SpringApplication.run(PassengerFunctions.class, args);
		// A process that was asked to stop and did so has not failed, whatever the signal
		// was.
		SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
		return context;
	}

}
