package dev.crud.knative;

import dev.crud.Declaration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Runs the published single host, with its exact command and configuration, in front of
 * one container for each function. Each container has the function's name on a cluster
 * with another domain than the usual one.
 */
final class SingleHost {

	private static final List<HasMetadata> PUBLISHED = Manifests.parse(Project.read("install/single-host.yaml"));

	private static final String FUNCTION = """
			  %1$s:
			    extends: {file: %2$s, service: functions}
			    image: %3$s
			    ports: !reset []
			    environment: {SPRING_CLOUD_FUNCTION_DEFINITION: %1$s, SERVER_PORT: "80"}
			    networks: {default: {aliases: [%1$s.passengers.svc.example.internal]}}
			""";

	private static final String NGINX = """
			  single-host:
			    image: %s
			    entrypoint: %s
			    volumes: ["%s:/etc/single-host:ro"]
			    ports: ["127.0.0.1::8080"]
			    dns_search: [default.example.internal, passengers.svc.example.internal]
			    read_only: true
			    tmpfs: /tmp
			    cap_drop: [ALL]
			""";

	/**
	 * The configuration of a server that takes the place of zero and answers with the
	 * request it got.
	 */
	private static final String ECHO = """
			  echo:
			    image: %s
			    entrypoint: [sh, -ec]
			    command:
			      - |
			        echo 'pid /tmp/echo.pid; error_log stderr; events {} http { access_log off; client_body_temp_path /tmp/b; proxy_temp_path /tmp/p;
			          fastcgi_temp_path /tmp/f; uwsgi_temp_path /tmp/u; scgi_temp_path /tmp/s;
			          server { listen 80; return 200 "$$http_host $$http_x_forwarded_for $$request_uri $$http_authorization"; } }' >/tmp/echo.conf
			        exec nginx -c /tmp/echo.conf -g 'daemon off;'
			    networks: {default: {aliases: [zero.passengers.svc.example.internal]}}
			""";

	private SingleHost() {
	}

	/**
	 * Describes the containers.
	 * @param directory the directory for the configuration
	 * @return a compose file
	 */
	static String compose(Path directory) throws IOException {
		Service service = (Service) PUBLISHED.stream().filter(Service.class::isInstance).findFirst().orElseThrow();
		ConfigMap configuration = (ConfigMap) PUBLISHED.stream()
			.filter(ConfigMap.class::isInstance)
			.findFirst()
			.orElseThrow();
		for (Map.Entry<String, String> file : configuration.getData().entrySet()) {
			Files.writeString(directory.resolve(file.getKey()), file.getValue());
		}
		String command = PodTemplates.containers(service)
			.get(0)
			.getCommand()
			.stream()
			.map((argument) -> '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"')
			.collect(Collectors.joining(",", "[", "]"))
			.replace("$", "$$");
		Stack.needs(Images.NGINX);
		String functions = Declaration.FUNCTIONS.all()
			.stream()
			.filter((function) -> !"zero".equals(function.name()))
			.map((function) -> FUNCTION.formatted(function.name(), Project.ROOT.resolve("install/compose.yaml"),
					Images.FUNCTIONS))
			.collect(Collectors.joining());
		return "services:\n" + functions + NGINX.formatted(Images.NGINX, command, directory)
				+ ECHO.formatted(Images.NGINX);
	}

}
