package dev.crud.auth;

import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Functions;
import dev.crud.settings.Settings;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Decides whether a request may have a function.
 */
public interface Guard {

	/**
	 * Returns the guard that the settings ask for. Without an issuer everybody may
	 * everything, and nothing of what checks tokens is loaded; but whoever has set keys
	 * wants tokens, and must name the issuer.
	 * @param settings the settings
	 * @param functions all functions
	 * @return the guard
	 */
	static Guard of(Settings settings, Functions functions) {
		boolean keys = settings.read("auth.keys", true, (value) -> !value.isEmpty(), "a text");
		String issuer = keys ? settings.text("auth.issuer")
				: settings.read("auth.issuer", true, (value) -> value, "a text");
		return issuer.isEmpty() ? (headers, query, function) -> {
		} : TokenGuard.of(issuer, settings, functions);
	}

	/**
	 * Checks a request, whose path and method exist.
	 * @param headers its headers
	 * @param query its query, not decoded
	 * @param function the function that it is for
	 * @throws DeniedException when the client may not
	 */
	void check(HttpHeaders headers, @Nullable String query, FunctionDeclaration function);

}
