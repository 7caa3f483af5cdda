package dev.crud.function;

/**
 * What a function does, which also decides its method and the form of its path.
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
	 * Returns the HTTP method; {@code GET} includes {@code HEAD}.
	 * @return the method
	 */
	public String method() {
		return this.method;
	}

	/**
	 * Returns the methods that the path allows, as the value of the {@code Allow} header.
	 * @return the methods
	 */
	public String allow() {
		return this.method.equals("GET") ? "GET, HEAD, OPTIONS" : this.method + ", OPTIONS";
	}

	/**
	 * Returns whether a row's key follows in the path.
	 * @return true when there must be a key, false when there must be none
	 */
	public boolean takesKey() {
		return this.takesKey;
	}

	/**
	 * Returns the status of a successful answer.
	 * @return the HTTP status
	 */
	public int success() {
		return this.success;
	}

	/**
	 * Returns whether the function changes the table.
	 * @return true when it may
	 */
	public boolean changes() {
		return usesDatabase() && !this.method.equals("GET");
	}

	/**
	 * Returns whether the function reads or writes the table.
	 * @return whether the function has a database role
	 */
	public boolean usesDatabase() {
		return this != CONSTANT;
	}

	/**
	 * Returns whether requests that come at the same time share statements, so that a few
	 * connections are enough for many of them. Those that create a row do only when they
	 * have no idempotency key.
	 * @return whether all of them do
	 */
	public boolean sharesConnections() {
		return this == GET;
	}

}
