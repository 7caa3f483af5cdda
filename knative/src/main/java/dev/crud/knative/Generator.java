package dev.crud.knative;

import dev.crud.openapi.OpenApi;
import dev.crud.function.Functions;

import dev.crud.Declaration;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Generates everything that is installed on a cluster, up to {@code install/}, from
 * {@link Declaration} and the hand-written parts of the Kustomize base.
 */
public final class Generator {

	private static final Functions FUNCTIONS = Declaration.FUNCTIONS;

	private static final OpenApi OPEN_API = new OpenApi(Declaration.TABLE, FUNCTIONS);

	private static final String OVERLAYS = "knative/overlays/release/";

	private final Path root;

	Generator(Path root) {
		this.root = root;
	}

	/**
	 * Runs the generator.
	 * @param arguments the project's root
	 * @throws IOException when a file can't be read or written
	 */
	public static void main(String[] arguments) throws IOException {
		new Generator(Path.of(arguments[0])).run();
	}

	void run() throws IOException {
		System.out.print(ConnectionBudget.check(FUNCTIONS.all(), read("knative/components/postgres/postgresql.conf")));
		System.out
			.print(ConnectionBudget.checkPooled(FUNCTIONS.all(), read("knative/components/cloudnative-pg/pooler.yaml"),
					read("knative/components/cloudnative-pg/cluster.yaml")));
		clear(Base.FUNCTIONS);
		for (GeneratedFile file : Base.of(FUNCTIONS, OPEN_API, SchemaVersion.latest(this.root))) {
			file.write(this.root);
		}
		ShellVariables.of(FUNCTIONS, Declaration.TABLE).write(this.root);
		publish("openapi", OPEN_API.yaml());
		String functions = installation("postgres");
		String release = Release.heading(functions);
		publish(FUNCTIONS.database(), release + functions);
		publish(FUNCTIONS.database() + "-external", release + installation("external"));
		publish(FUNCTIONS.database() + "-cloudnative-pg", release + installation("cloudnative-pg"));
		publish("single-host", release + render("single-host"));
		publish("auth", release + render("authentication"));
		publish("telemetry", release + render("telemetry"));
		publish("monitoring", release + render("monitoring"));
		publish("backup", release + render("backup"));
		publish("backup-store", release + render("backup-store"));
		publish("compose", release + Compose.of(FUNCTIONS, read("knative/compose.yaml"), functions));
	}

	private String read(String path) throws IOException {
		return Files.readString(this.root.resolve(path));
	}

	/** Otherwise the file of a function that was removed would stay. */
	private void clear(String directory) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.root.resolve(directory))) {
			for (Path file : files) {
				Files.delete(file);
			}
		}
	}

	/**
	 * Renders an overlay twice, the second time with the Job's name, which has a hash.
	 */
	private String installation(String overlay) throws IOException {
		String patch = SetupName.patch(render(overlay));
		new GeneratedFile(OVERLAYS + overlay + "/setup-name.yaml", patch).write(this.root);
		return render(overlay);
	}

	private String render(String overlay) {
		return Kustomize.render(this.root.resolve(OVERLAYS + overlay));
	}

	private void publish(String name, String content) throws IOException {
		new GeneratedFile("install/" + name + ".yaml", content).write(this.root);
	}

}
