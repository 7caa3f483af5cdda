package dev.passengers.edge;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where a path leads.
 *
 * @param endpoint the function's endpoint
 * @param name the function's name
 * @param argument what follows the name, not yet checked; empty when the function takes
 * nothing there
 */
record Route(Endpoint endpoint, String name, String argument) {

	/**
	 * Finds the route of a path.
	 * @param path the path as it was sent, with nothing decoded
	 * @param endpoints all endpoints by name
	 * @param only the name of the one deployed function, whose name may be left out, or
	 * {@code null} when there are more
	 * @return the route, or {@code null} when there is none
	 */
	static @Nullable Route of(String path, Map<String, Endpoint> endpoints, @Nullable String only) {
		if (only != null && (path.equals("/") || Uuids.isCanonical(path, 1))) {
			return of(only, path.substring(1), endpoints);
		}
		int slash = path.indexOf('/', 1);
		if (slash == path.length() - 1) {
			return null;
		}
		return (slash < 0) ? of(path.substring(Math.min(1, path.length())), "", endpoints)
				: of(path.substring(1, slash), path.substring(slash + 1), endpoints);
	}

	private static @Nullable Route of(String name, String argument, Map<String, Endpoint> endpoints) {
		Endpoint endpoint = endpoints.get(name);
		if (endpoint == null || argument.isEmpty() == endpoint.takesUuid() || argument.indexOf('/') >= 0) {
			return null;
		}
		return new Route(endpoint, name, argument);
	}

	/**
	 * Returns the path in its long form.
	 * @return the path, with the function's name
	 */
	String path() {
		return this.argument.isEmpty() ? "/" + this.name : "/" + this.name + "/" + this.argument;
	}

}
