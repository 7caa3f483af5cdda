package dev.crud;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.crud.function.FunctionDeclaration;

/**
 * Starts each function by itself with each AOT cache of the image. It runs in the build
 * of the image, where there is no shell to do it.
 */
public final class CacheCheck {

	/** The caches' directories: the JVM takes the one in its working directory. */
	private static final List<String> DIRECTORIES = List.of("/app", "/app/tls");

	private CacheCheck() {
	}

	/**
	 * Runs the check.
	 * @param command the command that starts the functions and ends when they have
	 * started
	 * @throws IOException when the command can't be run
	 * @throws InterruptedException when the build is stopped
	 */
	public static void main(String[] command) throws IOException, InterruptedException {
		for (String directory : DIRECTORIES) {
			for (FunctionDeclaration function : Declaration.FUNCTIONS.all()) {
				List<String> start = new ArrayList<>(Arrays.asList(command));
				start.add("--spring.cloud.function.definition=" + function.name());
				int status = new ProcessBuilder(start).directory(new File(directory)).inheritIO().start().waitFor();
				if (status != 0) {
					throw new IllegalStateException(
							"%s does not start with the cache of %s: %d".formatted(function.name(), directory, status));
				}
			}
		}
	}

}
