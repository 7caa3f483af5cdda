package dev.crud.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the packaged setup without Kubernetes.
 */
@SuppressWarnings("NullAway.Init")
class FileCredentialsIT {

	private static final String ROLE = dev.crud.Declaration.FUNCTIONS.role();

	@TempDir
	Path directory;

	@Test
	void credentialsAreMadeBeforePostgresAndThenUsed() throws Exception {
		assertThat(start("credentials").exitStatus()).isZero();
		Map<String, String> files = files();
		assertThat(files).containsOnlyKeys(".lock", ROLE + "-database/password", ROLE + "-database/username",
				"postgres/password");
		String password = read(ROLE + "-database/password");
		try (ScratchPostgres postgres = new ScratchPostgres(0, read("postgres/password"))) {
			SetupProcess run = SetupProcess
				.start(Map.of("CREDENTIALS_DIRECTORY", this.directory.toString(), "POSTGRES_URL", postgres.url()), "");
			assertThat(run.exitStatus()).as(run.toString()).isZero();
			assertThat(run.toString())
				.contains(Declared.ROWS + ": " + Declared.sampleRows() + " loaded from the sample")
				.doesNotContain(password);
			DriverManager.getConnection(postgres.url(), ROLE, password).close();
			assertThat(postgres.log()).doesNotContain(password, read("postgres/password"));
		}
		assertThat(files()).isEqualTo(files);
	}

	@Test
	void everybodyMayReadThem() throws IOException {
		assertThat(start("credentials").exitStatus()).isZero();
		Path file = this.directory.resolve("postgres/password");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r--r--");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
			.isEqualTo("rwxr-xr-x");
	}

	@Test
	void twoAtOnceAgree() throws IOException {
		SetupProcess one = start("credentials");
		SetupProcess other = start("credentials");
		assertThat(one.exitStatus()).isZero();
		assertThat(other.exitStatus()).isZero();
		assertThat(Stream.of(one, other).flatMap((run) -> run.lines().stream()))
			.containsOnlyOnce("Credentials postgres: created", "Credentials " + ROLE + "-database: created");
	}

	@Test
	void whatIsMissingOrEmptyIsCompletedAndTheRestIsKept() throws IOException {
		Files.createDirectories(this.directory.resolve("postgres"));
		Files.writeString(this.directory.resolve("postgres/password"), "chosen\n");
		Files.createDirectories(this.directory.resolve(ROLE + "-database"));
		Files.writeString(this.directory.resolve(ROLE + "-database/password"), "");
		// This is left over from a run that was killed.
		Files.writeString(this.directory.resolve(ROLE + "-database/password.new"), "x".repeat(99));
		assertThat(start("credentials").exitStatus()).isZero();
		assertThat(files()).containsEntry("postgres/password", "chosen\n")
			.containsEntry(ROLE + "-database/username", ROLE)
			.hasEntrySatisfying(ROLE + "-database/password", (password) -> assertThat(password).hasSize(43));
	}

	@Test
	void runEndsWellAfterOneThatWasKilledAtAnyStep() throws IOException {
		for (int lines = 0; lines < 3; lines++) {
			start("credentials").killAfter(lines);
			Map<String, String> kept = files();
			kept.keySet().removeIf((name) -> name.endsWith(".new"));
			assertThat(start("credentials").exitStatus()).isZero();
			assertThat(files()).containsAllEntriesOf(kept).containsKey(ROLE + "-database/password");
			clear();
		}
	}

	@Test
	void directoryThatCanNotBeWrittenIsTold() {
		SetupProcess run = SetupProcess.start(Map.of("CREDENTIALS_DIRECTORY", this.directory + "/none"), "credentials");
		assertThat(run.exitStatus()).isEqualTo(1);
		assertThat(run.toString()).startsWith("FAILED: Credentials can't be written: NoSuchFileException ");
	}

	private SetupProcess start(String argument) {
		return SetupProcess.start(Map.of("CREDENTIALS_DIRECTORY", this.directory.toString()), argument);
	}

	private String read(String file) throws IOException {
		return Files.readString(this.directory.resolve(file));
	}

	private Map<String, String> files() throws IOException {
		Map<String, String> files = new TreeMap<>();
		try (Stream<Path> all = Files.walk(this.directory)) {
			for (Path file : all.filter(Files::isRegularFile).toList()) {
				files.put(this.directory.relativize(file).toString(), Files.readString(file));
			}
		}
		return files;
	}

	private void clear() throws IOException {
		for (String file : files().keySet()) {
			Files.delete(this.directory.resolve(file));
		}
	}

}
