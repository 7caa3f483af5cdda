package dev.crud.function;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.crud.table.Noun;

/**
 * All functions over one table, and the names that follow from the table's noun.
 *
 * @param noun what a row is called
 * @param all the functions
 */
public record Functions(Noun noun, List<FunctionDeclaration> all) {

	/**
	 * Checks that each name occurs once, and each operation except constants at most
	 * once.
	 */
	public Functions {
		all = List.copyOf(all);
		Set<Object> seen = new HashSet<>();
		for (FunctionDeclaration function : all) {
			if (!seen.add(function.name()) || (function.usesDatabase() && !seen.add(function.operation()))) {
				throw new IllegalArgumentException("There is another function like " + function.name());
			}
		}
	}

	/**
	 * Returns the functions that have a login role.
	 * @return the functions that use the database
	 */
	public List<FunctionDeclaration> withDatabase() {
		return this.all.stream().filter(FunctionDeclaration::usesDatabase).toList();
	}

	/**
	 * Finds the function that does something with the table.
	 * @param operation any but {@link Operation#CONSTANT}
	 * @return the function
	 * @throws java.util.NoSuchElementException when there is none
	 */
	public FunctionDeclaration of(Operation operation) {
		return this.all.stream().filter((function) -> function.operation() == operation).findFirst().orElseThrow();
	}

	/**
	 * Returns the name of the login role of a process that serves all functions.
	 * @return the role, which is also the user name
	 */
	public String role() {
		return this.noun.singular() + "functions";
	}

	/**
	 * Returns the name of the database, which is also the namespace on a cluster.
	 * @return the name
	 */
	public String database() {
		return this.noun.plural();
	}

	/**
	 * Returns the name of the functions' image, which is also the name of the project.
	 * @return the name, without registry and tag
	 */
	public String image() {
		return this.noun.singular() + "-functions";
	}

	/**
	 * Returns the name of the setup Job's image.
	 * @return the name, without registry and tag
	 */
	public String setupImage() {
		return this.noun.singular() + "-setup";
	}

	/**
	 * Returns the name of the environment variable that names a file to fill an empty
	 * table from.
	 * @return the name of the variable
	 */
	public String csvVariable() {
		return this.noun.plural().toUpperCase(Locale.ROOT) + "_CSV";
	}

}
