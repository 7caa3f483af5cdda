package dev.crud.setup;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run of the setup is for. Its name, in lower case and with hyphens, is the
 * program's argument.
 */
enum Task {

	/**
	 * Everything that is left to do. It is the default, and the only one that fills an
	 * empty table.
	 */
	SETUP,

	/** The credentials alone, for a Postgres that needs its password to start. */
	CREDENTIALS,

	/** Also to change each function's login for its other one, with a new password. */
	NEW_PASSWORDS,

	/** Also to lock each login that was changed for another. */
	LOCK_OLD_PASSWORDS;

	static Task of(String... arguments) {
		if (arguments.length == 0) {
			return SETUP;
		}
		return Stream.of(values())
			.filter((task) -> arguments.length == 1 && task.argument().equals(arguments[0]))
			.findFirst()
			.orElseThrow(() -> new SetupException("The only argument may be one of "
					+ Stream.of(values()).map(Task::argument).collect(Collectors.joining(", "))));
	}

	private String argument() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
