package dev.crud.knative;

import dev.crud.function.FunctionDeclaration;

import java.util.List;

/**
 * The routes of the single host, as nginx configuration.
 */
final class Routes {

	private Routes() {
	}

	static String of(List<FunctionDeclaration> functions) {
		StringBuilder text = new StringBuilder("# By the target as it was sent, so that nobody reads it differently.\n")
			.append("map $request_uri $function {\n  default \"\";\n");
		functions
			.forEach((function) -> text.append("  ~^%s(?:[/?]|$) %s;\n".formatted(function.path(), function.name())));
		text.append(
				"}\n\n# For the methods that nginx refuses by itself.\nmap $function $methods {\n  default \"\";\n");
		functions.forEach(
				(function) -> text.append("  %s \"%s\";\n".formatted(function.name(), function.operation().allow())));
		return text.append("}\n").toString();
	}

}
