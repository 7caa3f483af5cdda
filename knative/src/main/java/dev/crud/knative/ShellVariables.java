package dev.crud.knative;

import java.util.stream.Collectors;

import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Functions;
import dev.crud.table.Table;

/**
 * What scripts need to know of the functions, in the language of the shell.
 */
final class ShellVariables {

	private ShellVariables() {
	}

	static GeneratedFile of(Functions functions, Table table) {
		return new GeneratedFile("functions/declared.sh",
				"""
						# shellcheck shell=bash disable=SC2034
						image_name=%s
						database=%s
						table=%s
						body='%s'
						# name, method, whether the path goes on with a uuid, status, whether there is a database role
						functions=(
						%s)
						""".formatted(functions.image(), functions.database(), table.name(),
						table.exampleJson().replace("'", "'\\''"),
						functions.all().stream().map(ShellVariables::line).collect(Collectors.joining())));
	}

	private static String line(FunctionDeclaration function) {
		return "  '%s %s %s %d %s'\n".formatted(function.name(), function.operation().method(),
				function.operation().takesKey(), function.operation().success(), function.usesDatabase());
	}

}
