package dev.crud.knative;

import dev.crud.openapi.OpenApi;
import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Operation;

import java.util.List;

/**
 * The routes of the single host, as nginx configuration.
 */
final class Routes {

	private Routes() {
	}

	static String of(List<FunctionDeclaration> functions) {
		StringBuilder text = new StringBuilder(
				"# By the request target as it was sent, so that nginx and a function can't read it differently.\n")
			.append("map $request_uri $function {\n  default \"\";\n");
		functions
			.forEach((function) -> text.append("  ~^%s(?:[/?]|$) %s;\n".formatted(function.path(), function.name())));
		text.append("}\n\n# The one thing that no function answers, because none of them answers for all.\n")
			.append("map $request_uri $document {\n  default \"\";\n");
		OpenApi.PATHS.forEach(
				(path) -> text.append("  ~^%s(?:[?]|$) %s;\n".formatted(path.replace(".", "\\."), path.substring(1))));
		text.append("}\n\n# The Allow header where nginx itself refuses a method.\n")
			.append("map $function$document $methods {\n  default \"\";\n");
		OpenApi.PATHS
			.forEach((path) -> text.append("  %s \"%s\";\n".formatted(path.substring(1), Operation.CONSTANT.allow())));
		functions.forEach(
				(function) -> text.append("  %s \"%s\";\n".formatted(function.name(), function.operation().allow())));
		return text.append("}\n").toString();
	}

}
