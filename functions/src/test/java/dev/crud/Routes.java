package dev.crud;

import java.util.List;

import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Operation;

/**
 * The paths of the declared functions.
 */
public final class Routes {

	/** Of the function that lists. */
	public static final String LIST = path(Operation.LIST);

	/** Of the function that answers one row; a key follows. */
	public static final String GET = path(Operation.GET) + "/";

	/** Of the function that creates. */
	public static final String POST = path(Operation.POST);

	/** Of the function that replaces; a key follows. */
	public static final String PUT = path(Operation.PUT) + "/";

	/** Of the function that deletes; a key follows. */
	public static final String DELETE = path(Operation.DELETE) + "/";

	/** The key of no row. */
	static final String NOBODY = "01890000-0000-7000-8000-000000000000";

	private Routes() {
	}

	private static String path(Operation operation) {
		return Declaration.FUNCTIONS.of(operation).path();
	}

	/**
	 * Fills paths into a target: {@code {LIST}}, {@code {GET}} and so on, the key not
	 * with it.
	 * @param target may have such words
	 * @return the target
	 */
	static String fill(String target) {
		String filled = target;
		for (Operation operation : Operation.values()) {
			if (operation.usesDatabase()) {
				filled = filled.replace("{" + operation + "}", path(operation));
			}
		}
		return filled;
	}

	/**
	 * Returns the names of all functions.
	 * @return the names
	 */
	static List<String> names() {
		return Declaration.FUNCTIONS.all().stream().map(FunctionDeclaration::name).toList();
	}

	/**
	 * Returns the names of the functions that have a role.
	 * @return the names
	 */
	static List<String> roles() {
		return Declaration.FUNCTIONS.withDatabase().stream().map(FunctionDeclaration::name).toList();
	}

	/**
	 * Returns the name of a function.
	 * @param operation what it does
	 * @return the name
	 */
	static String name(Operation operation) {
		return Declaration.FUNCTIONS.of(operation).name();
	}

}
