package dev.crud.telemetry;

import dev.crud.function.Functions;
import dev.crud.settings.Settings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Observes what the environment asks for.
 */
@Configuration(proxyBeanMethods = false)
public class TelemetryConfiguration {

	@Bean
	StartUp startUp() {
		return new StartUp();
	}

	@Bean(destroyMethod = "close")
	Telemetry telemetry(Environment environment, Functions functions, StartUp startUp) {
		String function = new Settings(environment).function();
		return Telemetry.of(environment, function.isEmpty() ? functions.image() : function, startUp);
	}

}
