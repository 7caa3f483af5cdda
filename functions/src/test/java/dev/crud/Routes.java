package dev.crud;

import java.util.List;

import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Operation;

/**
 * Returns the paths of the declared functions.
 */
public final class Routes {

	/** The path of the function that lists rows. */
	public static final String LIST = path(Operation.LIST);

	/** The path of the function that answers one row; a key follows. */
	public static final String GET = path(Operation.GET) + "/";

	/** The path of the function that creates rows. */
	public static final String POST = path(Operation.POST);

	/** The path of the function that replaces a row; a key follows. */
	public static final String PUT = path(Operation.PUT) + "/";

	/** The path of the function that deletes a row; a key follows. */
	public static final String DELETE = path(Operation.DELETE) + "/";

	/** A key that no row has. */
	static final String NOBODY = "01890000-0000-7000-8000-000000000000";

	private Routes() {
	}

	private static String path(Operation operation) {
		return Declaration.FUNCTIONS.of(operation).path();
	}

	/**
	 * Fills paths into a target: {@code {LIST}}, {@code {GET}} and so on, without keys.
	 * @param target the target, which may contain such placeholders
	 * @return the target with paths
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
