package dev.crud.edge;

import java.util.Map;

import dev.crud.function.FunctionDeclaration;
import dev.crud.table.Table;
import dev.crud.table.UuidType;
import org.jspecify.annotations.Nullable;

/**
 * The function that a path leads to.
 *
 * @param declaration the function
 * @param argument the part of the path after the name, not checked yet; empty when the
 * function takes none
 */
record Route(FunctionDeclaration declaration, String argument) {

	/**
	 * Finds the route of a path.
	 * @param path the path as it was sent, with nothing decoded
	 * @param functions all functions by name
	 * @param only the name of the one deployed function, whose name may be left out, or
	 * {@code null} when several are deployed
	 * @return the route, or {@code null} when there is none
	 */
	static @Nullable Route of(String path, Map<String, FunctionDeclaration> functions, @Nullable String only) {
		if (only != null && (path.equals("/") || UuidType.isCanonical(path, 1))) {
			return of(only, path.substring(1), functions);
		}
		int slash = path.indexOf('/', 1);
		if (slash == path.length() - 1) {
			return null;
		}
		return (slash < 0) ? of(path.substring(Math.min(1, path.length())), "", functions)
				: of(path.substring(1, slash), path.substring(slash + 1), functions);
	}

	private static @Nullable Route of(String name, String argument, Map<String, FunctionDeclaration> functions) {
		FunctionDeclaration function = functions.get(name);
		if (function == null || argument.isEmpty() == function.operation().takesKey() || argument.indexOf('/') >= 0) {
			return null;
		}
		return new Route(function, argument);
	}

	/**
	 * Returns the path of all requests to the function.
	 * @return the path, with the name of the key in braces
	 */
	String template() {
		return this.declaration.path() + (this.argument.isEmpty() ? "" : "/{" + Table.KEY + "}");
	}

	/**
	 * Returns the path in its full form.
	 * @return the path, including the function's name
	 */
	String path() {
		return this.declaration.path() + (this.argument.isEmpty() ? "" : "/" + this.argument);
	}

}
