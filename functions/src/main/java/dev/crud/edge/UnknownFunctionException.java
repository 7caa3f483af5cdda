package dev.crud.edge;

import java.util.Set;

/**
 * {@code SPRING_CLOUD_FUNCTION_DEFINITION} names no function.
 */
final class UnknownFunctionException extends RuntimeException {

	UnknownFunctionException(String definition, Set<String> functions) {
		super("SPRING_CLOUD_FUNCTION_DEFINITION is '" + definition + "', but the functions are: "
				+ String.join(", ", functions) + ". Name one of them, or leave it unset to serve all.");
	}

}
