package dev.crud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import dev.crud.database.DatabaseConfiguration;
import dev.crud.database.TlsHeadStart;
import dev.crud.edge.EdgeConfiguration;
import dev.crud.function.Functions;
import dev.crud.settings.Settings;
import dev.crud.table.Table;
import dev.crud.telemetry.TelemetryConfiguration;
import reactor.netty.resources.LoopResources;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Serves the function that {@code SPRING_CLOUD_FUNCTION_DEFINITION} names, or all seven.
 * {@link EdgeConfiguration} and {@link DatabaseConfiguration} configure what Spring Boot
 * would otherwise configure by itself, because binding its properties took a fifth of a
 * cold start.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({ DatabaseConfiguration.class, EdgeConfiguration.class, TelemetryConfiguration.class })
@ComponentScan(basePackages = Declaration.PACKAGE, lazyInit = true)
public class Application {

	/**
	 * Starts the process. It exits with status 0 when SIGTERM asks it to stop.
	 * @param args properties, as Spring Boot takes them
	 */
	public static void main(String[] args) {
		preferSunJce();
		TlsHeadStart.begin(System.getenv("SPRING_R2DBC_URL"));
		application().run(args);
		// A process that stops when asked to has not failed, whichever signal asked.
		SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
	}

	/**
	 * Has the JDK's list of security providers begin with what SCRAM needs. Behind the
	 * others, their elliptic curves would be prepared as well. Another list stays as it
	 * is.
	 */
	private static void preferSunJce() {
		String second = "security.provider.2";
		String fifth = "security.provider.5";
		if ("SunRsaSign".equals(Security.getProperty(second)) && "SunJCE".equals(Security.getProperty(fifth))) {
			Security.setProperty(second, "SunJCE");
			Security.setProperty(fifth, "SunRsaSign");
		}
	}

	@Bean
	Table table() {
		return Declaration.TABLE;
	}

	@Bean
	Functions functions() {
		return Declaration.FUNCTIONS;
	}

	/**
	 * Serves the clients' connections and the database's on the same threads, one for
	 * each processor, so that a request rarely has to switch threads. Connections get
	 * their threads in turn: if each stayed on the thread that opens it, one thread might
	 * open all of the database's and do the other's work. A function without a database
	 * has one thread: its requests are so short that a second one only takes turns with
	 * the first.
	 */
	@Bean
	ReactorResourceFactory threads(Functions functions, Environment environment) {
		String alone = new Settings(environment).function();
		boolean constant = functions.all()
			.stream()
			.anyMatch((function) -> function.name().equals(alone) && !function.usesDatabase());
		int count = constant ? 1 : Runtime.getRuntime().availableProcessors();
		ReactorResourceFactory threads = new ReactorResourceFactory();
		threads.setUseGlobalResources(false);
		threads.setLoopResourcesSupplier(
				() -> LoopResources.create("functions", LoopResources.DEFAULT_IO_SELECT_COUNT, count, true, false));
		threads.setShutdownQuietPeriod(Duration.ZERO);
		return threads;
	}

	/** Lets requests in flight finish; the process ends within 5 s of SIGTERM. */
	@Bean(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME)
	DefaultLifecycleProcessor lifecycleProcessor() {
		DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
		processor.setTimeoutPerShutdownPhase(4000);
		return processor;
	}

	/**
	 * Creates the application without the start-up work that it does not need: of Spring
	 * Boot's listeners, only the one that sets up logging is called. Looking for
	 * configuration in all possible places takes a tenth of a cold start, so it is done
	 * only when some is imported.
	 */
	public static SpringApplication application() {
		SpringApplication application = new SpringApplication(Application.class);
		application.setBannerMode(Banner.Mode.OFF);
		// StartUp logs more.
		application.setLogStartupInfo(false);
		application.setDefaultProperties(defaults());
		List<ApplicationListener<?>> listeners = new ArrayList<>(List.of(new LoggingApplicationListener()));
		if (System.getenv("SPRING_CONFIG_IMPORT") != null) {
			listeners.add(new EnvironmentPostProcessorApplicationListener());
		}
		application.setListeners(listeners);
		application.addInitializers(Application::withoutAnnotations);
		return application;
	}

	/**
	 * Leaves out the search for {@code @Value}, {@code @Qualifier} and
	 * {@code @EventListener}, of which there are none: it takes a twentieth of a cold
	 * start's CPU time.
	 */
	private static void withoutAnnotations(ConfigurableApplicationContext context) {
		DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
		beans.setAutowireCandidateResolver(SimpleAutowireCandidateResolver.INSTANCE);
		String listeners = AnnotationConfigUtils.EVENT_LISTENER_PROCESSOR_BEAN_NAME;
		if (beans.containsBeanDefinition(listeners)) {
			beans.removeBeanDefinition(listeners);
		}
	}

	private static Properties defaults() {
		try {
			return PropertiesLoaderUtils.loadProperties(new ClassPathResource("application.properties"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
