package dev.crud.function;

/**
 * What a function does, and with it the method and the path that it is reached by.
 */
public enum Operation {

	/** Answers the same object to everyone; needs no database. */
	CONSTANT("GET", false, 200),
	/** Answers all rows, or those that the query asks for. */
	LIST("GET", false, 200),
	/** Answers one row. */
	GET("GET", true, 200),
	/** Creates one row, or many. */
	POST("POST", false, 201),
	/** Replaces all values of a row. */
	PUT("PUT", true, 200),
	/** Deletes a row. */
	DELETE("DELETE", true, 204);

	private final String method;

	private final boolean takesKey;

	private final int success;

	Operation(String method, boolean takesKey, int success) {
		this.method = method;
		this.takesKey = takesKey;
		this.success = success;
	}

	/**
	 * Returns the method of HTTP; {@code GET} stands for {@code HEAD} too.
	 * @return the method
	 */
	public String method() {
		return this.method;
	}

	/**
	 * Returns what the path allows, as the {@code Allow} header says it.
	 * @return the methods
	 */
	public String allow() {
		return this.method.equals("GET") ? "GET, HEAD, OPTIONS" : this.method + ", OPTIONS";
	}

	/**
	 * Returns whether the path goes on with a row's key.
	 * @return true when it must, false when it must not
	 */
	public boolean takesKey() {
		return this.takesKey;
	}

	/**
	 * Returns the status of an answer that is no problem.
	 * @return the status of HTTP
	 */
	public int success() {
		return this.success;
	}

	/**
	 * Returns whether the function reads or writes the table.
	 * @return whether it has a database role
	 */
	public boolean usesDatabase() {
		return this != CONSTANT;
	}

}
