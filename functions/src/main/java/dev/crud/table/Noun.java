package dev.crud.table;

/**
 * What a row is called. Names of images, roles and databases follow from it.
 *
 * @param article "a" or "an"
 * @param singular one word in lower case
 * @param plural one word in lower case
 */
public record Noun(String article, String singular, String plural) {

	/**
	 * Checks the words, which are also parts of identifiers.
	 */
	public Noun {
		if (!singular.matches("[a-z]{1,30}") || !plural.matches("[a-z]{1,30}")) {
			throw new IllegalArgumentException(
					"A row is called by one word in lower case: " + singular + ", " + plural);
		}
	}

	String withArticle() {
		return this.article + " " + this.singular;
	}

}
