package dev.crud.auth;

import java.util.List;

import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The keys that tokens may be signed with, as they are now.
 */
interface Keys {

	/** More than any issuer has, so that a wrong file or answer can't fill the memory. */
	int MAX_BYTES = 1024 * 1024;

	/**
	 * Returns the keys. The list is another one when they have changed.
	 * @return the keys, or {@code null} when they are not known yet
	 */
	@Nullable List<JsonWebKey> now();

	/**
	 * Says that a token names a key that is not among them.
	 * @return whether other keys are on their way
	 */
	default boolean missed() {
		return false;
	}

	/**
	 * Reads a JSON Web Key Set (RFC 7517). Keys that are for other purposes, or of an
	 * unknown kind, are passed over.
	 * @param text the set, as JSON
	 * @return its keys
	 * @throws IllegalArgumentException when it is none
	 */
	static List<JsonWebKey> parse(String text) {
		try {
			return new JsonWebKeySet(text).getJsonWebKeys();
		}
		// jose4j 0.9.6 casts what it expects to be a list of objects.
		catch (JoseException | ClassCastException ex) {
			throw new IllegalArgumentException("That is no JSON Web Key Set", ex);
		}
	}

}
