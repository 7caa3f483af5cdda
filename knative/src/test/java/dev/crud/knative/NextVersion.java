package dev.crud.knative;

/**
 * The YAML of a version to come, whose images {@code .github/e2e/test} has made.
 */
final class NextVersion {

	static final String TAG = ":next";

	/** Of its migration, which adds the column that is called the same. */
	static final String SCHEMA = "1000";

	private NextVersion() {
	}

	/**
	 * Makes it from the version of today.
	 * @param published what is installed
	 * @return the same with other images, and with the name that the setup Job then has
	 */
	static String of(String published) {
		String next = published.replaceAll("(?m)( image: \\S+/passenger-(functions|setup))[:@]\\S+$", "$1" + TAG);
		String name = SetupName.patch(next).replaceAll("(?s).*value: ", "").strip();
		return next.replaceFirst(" name: setup-[0-9a-f]+\n", " name: " + name + "\n");
	}

}
