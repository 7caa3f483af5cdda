package dev.crud.auth;

import java.util.List;

import org.jose4j.jwk.JsonWebKey;
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

	/** Says that a token names a key that is not among them. */
	default void missed() {
	}

}
