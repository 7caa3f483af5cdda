package dev.crud.auth;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.crud.auth.DeniedException.Reason;
import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Functions;
import dev.crud.settings.Settings;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Asks for a bearer token (RFC 6750) with the scope that a function needs. A token is a
 * JWT (RFC 7519), by default an access token of RFC 9068, signed with RS256, ES256 or
 * EdDSA.
 */
final class TokenGuard implements Guard {

	/** How far the issuer's clock may be from ours. */
	private static final int SKEW_SECONDS = 30;

	/** How many tokens are remembered until they expire, or the keys change. */
	private static final int REMEMBERED = 1000;

	private static final AlgorithmConstraints SIGNATURES = new AlgorithmConstraints(
			AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256,
			AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, AlgorithmIdentifiers.EDDSA);

	private static final String SCHEME = "Bearer";

	private static final String NOT_VALID = "The token is not valid.";

	/** jose4j passes over other characters, so a token would have many spellings. */
	private static final Pattern COMPACT = Pattern.compile("[\\w-]++\\.[\\w-]++\\.[\\w-]++");

	/**
	 * Gateways make one header of two, with a comma between them (RFC 9110, section 5.3).
	 * Most have no comma, which is seen sooner without this.
	 */
	private static final Pattern TWO_HEADERS = Pattern.compile("[^,]*+, *+[\\w-]++ .*");

	private static final Pattern IN_QUERY = Pattern.compile("(?:^|.*&)access_token=.*");

	private static final Map<Integer, String> DETAILS = Map.of(ErrorCodes.EXPIRED, "The token has expired.",
			ErrorCodes.EXPIRATION_MISSING, "The token has no exp.", ErrorCodes.NOT_YET_VALID,
			"The token is not valid yet.", ErrorCodes.ISSUER_INVALID, "The token is of another issuer.",
			ErrorCodes.ISSUER_MISSING, "The token is of another issuer.", ErrorCodes.AUDIENCE_INVALID,
			"The token is for another audience.", ErrorCodes.AUDIENCE_MISSING, "The token is for another audience.",
			ErrorCodes.TYPE_INVALID, "The token is of another type.", ErrorCodes.TYPE_MISSING,
			"The token is of another type.");

	private final Keys keys;

	private final JwtConsumerBuilder rules;

	private final String scopeClaim;

	private final String noun;

	private volatile Known known;

	private TokenGuard(Keys keys, JwtConsumerBuilder rules, String scopeClaim, String noun) {
		this.keys = keys;
		this.rules = rules;
		this.scopeClaim = scopeClaim;
		this.noun = noun;
		this.known = build(List.of());
	}

	static TokenGuard of(String issuer, Settings settings, Functions functions) {
		JwtConsumerBuilder rules = new JwtConsumerBuilder().setExpectedIssuer(issuer)
			.setExpectedAudience(settings.text("auth.audience"))
			.setRequireExpirationTime()
			.setAllowedClockSkewInSeconds(SKEW_SECONDS)
			.setJwsAlgorithmConstraints(SIGNATURES);
		String type = settings.read("auth.token-type", true, (value) -> value, "a text");
		if (!type.isEmpty()) {
			rules.setExpectedType(true, type);
		}
		Keys keys = settings.read("auth.keys", true, TokenGuard::keys,
				"the path of a readable JSON Web Key Set, or its http or https URL");
		return new TokenGuard(keys, rules, settings.text("auth.scope-claim"), functions.database());
	}

	private static Keys keys(String value) throws Exception {
		return value.matches("https?://.+") ? new UrlKeys(new URI(value)) : new FileKeys(Path.of(value));
	}

	@Override
	public void check(HttpHeaders headers, @Nullable String query, FunctionDeclaration function) {
		if (!function.usesDatabase()) {
			return;
		}
		String scope = this.noun + (function.operation().changes() ? ":write" : ":read");
		if (!scopes(token(headers, query)).contains(scope)) {
			throw denied(Reason.FORBIDDEN, "insufficient_scope",
					"The token lacks the scope that WWW-Authenticate names.", ", scope=\"" + scope + "\"");
		}
	}

	private String token(HttpHeaders headers, @Nullable String query) {
		List<String> values = headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
		String value = values.isEmpty() ? "" : values.get(0);
		if (values.size() > 1 || (value.indexOf(',') >= 0 && TWO_HEADERS.matcher(value).matches())
				|| (!values.isEmpty() && query != null && IN_QUERY.matcher(query).matches())) {
			throw denied(Reason.AMBIGUOUS, "invalid_request", "The token must be in one Authorization header alone.",
					"");
		}
		int length = SCHEME.length();
		if (!value.regionMatches(true, 0, SCHEME, 0, length)
				|| (value.length() > length && value.charAt(length) != ' ')) {
			throw new DeniedException(Reason.UNAUTHENTICATED, "Bearer realm=\"" + this.noun + "\"",
					"This path needs a bearer token in the Authorization header.");
		}
		return value.substring(length).strip();
	}

	private Set<String> scopes(String token) {
		List<JsonWebKey> now = this.keys.now();
		if (now == null) {
			throw withoutKeys();
		}
		Known known = (this.known.keys == now) ? this.known : known(now);
		ByteBuffer digest = digest(token);
		Verified verified = known.tokens.get(digest);
		if (verified == null || verified.expires < System.currentTimeMillis()) {
			verified = verify(token, known.consumer);
			if (known.tokens.size() >= REMEMBERED) {
				known.tokens.clear();
			}
			known.tokens.put(digest, verified);
		}
		return verified.scopes;
	}

	private Verified verify(String token, JwtConsumer consumer) {
		if (!COMPACT.matcher(token).matches()) {
			throw invalid(NOT_VALID);
		}
		try {
			JwtClaims claims = consumer.processToClaims(token);
			long expires = claims.getExpirationTime().getValueInMillis() + SKEW_SECONDS * 1000;
			return new Verified(scopes(claims), expires);
		}
		catch (InvalidJwtException ex) {
			if (ex.getCause() instanceof UnresolvableKeyException && this.keys.missed()) {
				throw withoutKeys();
			}
			String detail = ex.getErrorDetails()
				.stream()
				.map((each) -> DETAILS.get(each.getErrorCode()))
				.filter((each) -> each != null)
				.findFirst()
				.orElse(NOT_VALID);
			throw invalid(detail);
		}
		catch (MalformedClaimException ex) {
			throw invalid(NOT_VALID);
		}
	}

	/** Issuers write scopes as one text (RFC 8693) or as an array. */
	private Set<String> scopes(JwtClaims claims) {
		Object value = claims.getClaimValue(this.scopeClaim);
		Stream<?> values = (value instanceof String text) ? Stream.of(text.split(" "))
				: (value instanceof Collection<?> several) ? several.stream() : Stream.empty();
		return values.filter(String.class::isInstance).map(String.class::cast).collect(Collectors.toUnmodifiableSet());
	}

	private static DeniedException withoutKeys() {
		return new DeniedException(Reason.WITHOUT_KEYS, "", "The issuer's keys are not known yet; try again soon.");
	}

	private DeniedException invalid(String detail) {
		return denied(Reason.UNAUTHENTICATED, "invalid_token", detail, "");
	}

	private DeniedException denied(Reason reason, String error, String detail, String more) {
		return new DeniedException(reason, "Bearer realm=\"%s\", error=\"%s\", error_description=\"%s\"%s"
			.formatted(this.noun, error, detail, more), detail);
	}

	/** One thread at a time, since the builder is changed and the last keys must win. */
	private synchronized Known known(List<JsonWebKey> keys) {
		if (this.known.keys != keys) {
			this.known = build(keys);
		}
		return this.known;
	}

	private Known build(List<JsonWebKey> keys) {
		JwksVerificationKeyResolver resolver = new JwksVerificationKeyResolver(keys);
		// A token that does not name its key may be of any of its kind, such as the old
		// and the new.
		resolver.setDisambiguateWithVerifySignature(true);
		JwtConsumer consumer = this.rules.setVerificationKeyResolver(resolver).build();
		return new Known(keys, consumer, new ConcurrentHashMap<>());
	}

	private static ByteBuffer digest(String token) {
		try {
			return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What is known while the keys stay the same.
	 *
	 * @param keys the keys
	 * @param consumer checks tokens with them
	 * @param tokens those that were valid, by their SHA-256
	 */
	private record Known(List<JsonWebKey> keys, JwtConsumer consumer, Map<ByteBuffer, Verified> tokens) {
	}

	/**
	 * A token that was valid.
	 *
	 * @param scopes its scopes
	 * @param expires when it stops being valid, in milliseconds since 1970
	 */
	private record Verified(Set<String> scopes, long expires) {
	}

}
