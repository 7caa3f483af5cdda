package dev.crud.knative;

/**
 * Makes the YAML of a next version, whose images {@code .github/e2e/test} has built.
 */
final class NextVersion {

	static final String TAG = ":next";

	/** The version of its migration. */
	static final String SCHEMA = "1000";

	private NextVersion() {
	}

	/**
	 * Makes the YAML of the next version from that of this version.
	 * @param published the YAML that is installed
	 * @return the same YAML with other images, with functions that need its schema, and
	 * with the name that the setup Job then has
	 */
	static String of(String published) {
		String next = published.replaceAll("(?m)( image: \\S+/passenger-(functions|setup))[:@]\\S+$", "$1" + TAG);
		next = next.replaceAll("key: \"\\d+\"(\n +name: " + SchemaVersion.CONFIG_MAP + "\n)",
				"key: \"" + SCHEMA + "\"$1");
		String name = SetupName.patch(next).replaceAll("(?s).*value: ", "").strip();
		return next.replaceFirst(" name: setup-[0-9a-f]+\n", " name: " + name + "\n");
	}

}
