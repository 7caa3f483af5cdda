package dev.crud.knative;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.flywaydb.core.api.MigrationVersion;

/**
 * The version of the schema that functions need. Their environment refers to it as a key
 * of a ConfigMap that the setup writes after it has migrated. Kubernetes does not start a
 * container before the key is there, so a new revision waits for its migration while the
 * old one answers; a later start needs no database to find out.
 */
public final class SchemaVersion {

	/** The name of the ConfigMap: a key for each applied migration. */
	public static final String CONFIG_MAP = "schema";

	private static final Pattern MIGRATION = Pattern.compile("V(.+?)__.*\\.sql");

	private SchemaVersion() {
	}

	/**
	 * Returns the version of the last migration.
	 * @param root the project's root
	 * @return its version, as Flyway understands the names of the files
	 * @throws IOException when the migrations can't be listed
	 */
	static String latest(Path root) throws IOException {
		try (Stream<Path> migrations = Files.list(root.resolve("functions/src/main/resources/db/migration"))) {
			return migrations.map((file) -> MIGRATION.matcher(file.getFileName().toString()))
				.filter(Matcher::matches)
				.map((name) -> MigrationVersion.fromVersion(name.group(1)))
				.max(Comparator.naturalOrder())
				.orElseThrow(() -> new IllegalStateException("There are no migrations"))
				.getVersion();
		}
	}

}
