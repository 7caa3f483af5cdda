package dev.crud.setup;

/**
 * What a function logs in with.
 *
 * @param name the name of a login role
 * @param password its password
 */
record Login(String name, String password) {

	/** Without the password. */
	@Override
	public String toString() {
		return this.name;
	}

}
