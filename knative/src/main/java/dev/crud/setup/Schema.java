package dev.crud.setup;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Migrates the schema to the version that this program knows.
 */
final class Schema {

	private Schema() {
	}

	/**
	 * Applies the migrations that have not been applied yet, each in a transaction.
	 * @param database the database, empty or with an earlier version of the schema
	 * @return what was done, in one sentence
	 */
	static String migrate(DataSource database) {
		try {
			Flyway flyway = flyway(database);
			refuseNewer(flyway.info().all());
			MigrateResult result = flyway.migrate();
			return "Schema: %d migrations applied, now at version %s".formatted(result.migrationsExecuted,
					(result.targetSchemaVersion != null) ? result.targetSchemaVersion : result.initialSchemaVersion);
		}
		catch (FlywayException ex) {
			throw new SetupException("The schema could not be brought up to date", ex);
		}
	}

	/**
	 * Returns the migrations that have been applied.
	 * @param database the database
	 * @return their descriptions by version
	 */
	static Map<String, String> applied(DataSource database) {
		return Stream.of(flyway(database).info().applied())
			.collect(Collectors.toMap((migration) -> String.valueOf(migration.getVersion()),
					MigrationInfo::getDescription));
	}

	private static Flyway flyway(DataSource database) {
		return Flyway.configure()
			.dataSource(database)
			.locations("classpath:db/migration")
			.failOnMissingLocations(true)
			// SLF4J discards it all here: the setup's own log has one line for each step.
			.loggers("slf4j")
			.load();
	}

	/** Flyway by itself would only warn about a newer schema. */
	private static void refuseNewer(MigrationInfo[] migrations) {
		List<String> unknown = Stream.of(migrations)
			.filter((migration) -> migration.getState().isApplied() && !migration.getState().isResolved())
			.map((migration) -> String.valueOf(migration.getVersion()))
			.toList();
		if (!unknown.isEmpty()) {
			throw new SetupException("The schema is newer than this setup: it has version " + String.join(", ", unknown)
					+ ". Nothing was changed; use the setup of that release or a later one.");
		}
	}

}
