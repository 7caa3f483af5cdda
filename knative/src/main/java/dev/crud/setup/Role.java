package dev.crud.setup;

import java.util.List;

/**
 * The role that a function has in Postgres.
 *
 * @param function the name of the function
 * @param name the name of the role: that of the function, perhaps after a prefix
 */
record Role(String function, String name) {

	/** Returns the names of both logins; see {@link Logins}. */
	List<String> logins() {
		return List.of(this.name, this.name + "_2");
	}

	/** Returns the other login. */
	String other(String login) {
		return login.equals(this.name) ? logins().get(1) : this.name;
	}

	/** Returns the name of the credentials. */
	String credentials() {
		return this.function + "-database";
	}

}
