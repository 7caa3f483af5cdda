package dev.crud.table;

/**
 * The noun for a row. The names of images, roles and databases follow from it.
 *
 * @param article "a" or "an"
 * @param singular one word in lower case
 * @param plural one word in lower case
 */
public record Noun(String article, String singular, String plural) {

	/**
	 * Checks the words, because they become parts of identifiers.
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
