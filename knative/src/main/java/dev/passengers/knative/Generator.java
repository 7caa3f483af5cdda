package dev.passengers.knative;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes everything that is installed on a cluster, from {@link Functions} and the
 * hand-written parts of the Kustomize base, up to {@code install/}.
 */
public final class Generator {

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
		String postgres = Files.readString(this.root.resolve("knative/base/postgres/postgresql.conf"));
		System.out.print(ConnectionBudget.check(Functions.ALL, postgres));
		clear(Base.FUNCTIONS);
		for (GeneratedFile file : Base.of(Functions.ALL)) {
			file.write(this.root);
		}
		nameSetup("knative/overlays/local");
		nameSetup("knative/overlays/release");
		String passengers = Kustomize.render(this.root.resolve("knative/overlays/release"));
		String release = Release.heading(passengers);
		publish("passengers", release + passengers);
		publish("single-host", release + Kustomize.render(this.root.resolve("knative/overlays/release/single-host")));
		String compose = Files.readString(this.root.resolve("knative/compose.yaml"));
		publish("compose", release + Compose.of(compose, passengers));
	}

	/** A function that is no more leaves no file behind. */
	private void clear(String directory) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.root.resolve(directory))) {
			for (Path file : files) {
				Files.delete(file);
			}
		}
	}

	private void nameSetup(String overlay) throws IOException {
		String rendered = Kustomize.render(this.root.resolve(overlay));
		new GeneratedFile(overlay + "/setup-name.yaml", SetupName.patch(rendered)).write(this.root);
	}

	private void publish(String name, String content) throws IOException {
		new GeneratedFile("install/" + name + ".yaml", content).write(this.root);
	}

}
