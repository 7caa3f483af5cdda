package dev.crud;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.Keys;
import io.jsonwebtoken.security.SignatureAlgorithm;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests who may what where an installation asks for tokens, with tokens that another
 * library has made.
 */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init")
class TokensTests {

	static final String ISSUER = "https://issuer.example";

	private static final String NOUN = Declaration.FUNCTIONS.database();

	static final String READ = NOUN + ":read";

	private static final String WRITE = NOUN + ":write";

	private static final String MARKER = "a-marker-in-the-token";

	private static final KeyPair RSA = Jwts.SIG.RS256.keyPair().build();

	private static final KeyPair SECOND_RSA = Jwts.SIG.RS256.keyPair().build();

	private static final KeyPair EC = Jwts.SIG.ES256.keyPair().build();

	private static final KeyPair ED = Jwks.CRV.Ed25519.keyPair().build();

	private static final KeyPair UNKNOWN = Jwts.SIG.RS256.keyPair().build();

	@TempDir
	private static Path directory;

	private static RunningFunctions functions;

	@BeforeAll
	static void start() throws IOException {
		Map<String, KeyPair> all = Map.of("rsa", RSA, "second", SECOND_RSA, "ec", EC, "ed", ED);
		functions = Shared.warm(guarded("auth.keys=" + keys("keys.json", all)));
	}

	@AfterAll
	static void stop() {
		functions.close();
	}

	static RunningFunctions guarded(String... settings) {
		return RunningFunctions.all(Shared.POSTGRES,
				Stream.concat(Stream.of("auth.issuer=" + ISSUER), Arrays.stream(settings)).toArray(String[]::new));
	}

	private static Path keys(String file, Map<String, KeyPair> keys) throws IOException {
		return Files.writeString(directory.resolve(file), set(keys));
	}

	private static String set(Map<String, KeyPair> keys) {
		return keys.entrySet()
			.stream()
			.map((key) -> Jwks.json(Jwks.builder().key(key.getValue().getPublic()).id(key.getKey()).build()))
			.collect(Collectors.joining(",", "{\"keys\":[", "]}"));
	}

	/** Writes the public keys to a file. */
	static Path keys(Path file) throws IOException {
		return Files.writeString(file, set(Map.of("rsa", RSA)));
	}

	/** Returns a valid token with a scope. */
	static String signed(String scope) {
		return token(scope).signWith(RSA.getPrivate(), Jwts.SIG.RS256).compact();
	}

	private static JwtBuilder token(String scope) {
		return Jwts.builder()
			.header()
			.type("at+jwt")
			.keyId("rsa")
			.and()
			.issuer(ISSUER)
			.audience()
			.add(NOUN)
			.and()
			.subject(MARKER)
			.expiration(in(Duration.ofMinutes(5)))
			.claim("scope", "openid " + scope);
	}

	private static Date in(Duration time) {
		return Date.from(Instant.now().plus(time));
	}

	private static String signed(Consumer<JwtBuilder> change) {
		JwtBuilder token = token(READ);
		change.accept(token);
		return token.signWith(RSA.getPrivate(), Jwts.SIG.RS256).compact();
	}

	private static HttpResponse<String> get(String target, String token) {
		return functions.get(target, "Authorization", "Bearer " + token);
	}

	private static String with(SignatureAlgorithm algorithm, KeyPair key, String id) {
		return token(READ).header().keyId(id).and().signWith(key.getPrivate(), algorithm).compact();
	}

	static Stream<String> good() {
		return Stream.of(signed((token) -> {
		}), with(Jwts.SIG.ES256, EC, "ec"), with(Jwts.SIG.EdDSA, ED, "ed"),
				signed((token) -> token.header().type("application/at+jwt")),
				signed((token) -> token.expiration(in(Duration.ofSeconds(-20)))),
				signed((token) -> token.audience().add("another")));
	}

	@ParameterizedTest
	@MethodSource("good")
	void tokenOpensWhatItsScopeNames(String token) {
		assertThat(get(Routes.LIST + "?limit=1", token).statusCode()).isEqualTo(200);
		assertThat(get(Routes.GET + UUID.randomUUID(), token).statusCode()).isEqualTo(404);
		for (HttpResponse<String> refused : List.of(post(token), put(token), delete(token))) {
			Problem.assertProblem(refused, 403);
			assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
				.startsWith("Bearer realm=\"" + NOUN + "\", error=\"insufficient_scope\"")
				.endsWith(", scope=\"" + WRITE + "\"");
		}
	}

	@Test
	void writingNeedsItsOwnScope() {
		String write = token(WRITE).signWith(RSA.getPrivate()).compact();
		assertThat(post(write).statusCode()).isEqualTo(201);
		assertThat(put(write).statusCode()).isEqualTo(404);
		assertThat(delete(write).statusCode()).isEqualTo(404);
		assertThat(get(Routes.LIST, write).statusCode()).isEqualTo(403);
		assertThat(get(Routes.LIST, token(READ + " " + WRITE).signWith(RSA.getPrivate()).compact()).statusCode())
			.isEqualTo(200);
	}

	private static HttpResponse<String> post(String token) {
		return functions.post(Body.example().toString(), "Authorization", "Bearer " + token);
	}

	private static HttpResponse<String> put(String token) {
		return functions.send("PUT", Routes.PUT + UUID.randomUUID(), Body.example().toString(), "Content-Type",
				"application/json", "Authorization", "Bearer " + token);
	}

	private static HttpResponse<String> delete(String token) {
		return functions.send("DELETE", Routes.DELETE + UUID.randomUUID(), null, "Authorization", "bearer " + token);
	}

	static Stream<Arguments> bad() {
		String good = signed((token) -> {
		});
		String hmac = token(READ).signWith(Keys.hmacShaKeyFor(RSA.getPublic().getEncoded()), Jwts.SIG.HS256).compact();
		return Stream.of(Arguments.of("empty", ""), Arguments.of("malformed", "x"), Arguments.of("two parts", "a.b"),
				Arguments.of("one character more", good + "!"),
				Arguments.of("cut off", good.substring(0, good.length() - 5)),
				Arguments.of("another payload", exchanged(good, signed((token) -> token.id("1")))),
				Arguments.of("expired", signed((token) -> token.expiration(in(Duration.ofSeconds(-40))))),
				Arguments.of("without exp", signed((token) -> token.expiration(null))),
				Arguments.of("not valid yet", signed((token) -> token.notBefore(in(Duration.ofSeconds(40))))),
				Arguments.of("another issuer", signed((token) -> token.issuer("https://issuer.example/"))),
				Arguments.of("no issuer", signed((token) -> token.issuer(null))),
				Arguments.of("another audience", signed((token) -> token.audience().remove(NOUN).add("another"))),
				Arguments.of("another type", signed((token) -> token.header().type("JWT"))),
				Arguments.of("alg none", token(READ).compact()),
				Arguments.of("alg none, and yet a signature",
						token(READ).compact() + good.substring(good.lastIndexOf('.') + 1)),
				Arguments.of("HMAC with the public key", hmac),
				Arguments.of("another algorithm", token(READ).signWith(RSA.getPrivate(), Jwts.SIG.RS512).compact()),
				Arguments.of("unknown key", with(Jwts.SIG.RS256, UNKNOWN, "unknown")),
				Arguments.of("another key of that name", with(Jwts.SIG.RS256, UNKNOWN, "rsa")),
				Arguments.of("unknown critical header",
						signed((token) -> token.header().add("x", 1).critical().add("x").and())));
	}

	/** Returns the first token with the payload of the second. */
	private static String exchanged(String token, String other) {
		return token.substring(0, token.indexOf('.')) + other.substring(other.indexOf('.'), other.lastIndexOf('.'))
				+ token.substring(token.lastIndexOf('.'));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("bad")
	void tokenThatIsNotValidIsRefused(String name, String token, CapturedOutput output) {
		HttpResponse<String> response = get(Routes.LIST, token);
		Problem.assertProblem(response, 401);
		assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
			.startsWith("Bearer realm=\"" + NOUN + "\", error=\"invalid_token\", error_description=\"The token ");
		if (token.length() > 1) {
			assertThat(response.headers() + response.body() + output).doesNotContain(token, MARKER);
		}
	}

	@Test
	void absentTokenIsAskedFor() {
		for (String authorization : List.of("", "Basic YTpi")) {
			HttpResponse<String> response = authorization.isEmpty() ? functions.get(Routes.LIST)
					: functions.get(Routes.LIST, "Authorization", authorization);
			Problem.assertProblem(response, 401);
			assertThat(response.headers().allValues("WWW-Authenticate"))
				.containsExactly("Bearer realm=\"" + NOUN + "\"");
		}
	}

	@Test
	void tokenInTwoPlacesIsRefused() {
		String token = signed((same) -> {
		});
		HttpResponse<String> both = get(Routes.LIST + "?limit=1&access_token=" + token, token);
		Problem.assertProblem(both, 400);
		assertThat(both.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("error=\"invalid_request\"");
		assertThat(both.body()).doesNotContain(token);
		String twice = RawHttp.exchange(functions,
				"GET " + Routes.LIST + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
						+ ("Authorization: Bearer " + token + "\r\n").repeat(2) + "\r\n");
		assertThat(RawHttp.status(twice)).isEqualTo(400);
		assertThat(twice).contains("error=\"invalid_request\"", "application/problem+json").doesNotContain(token);
		for (String joined : List.of("Bearer " + token + ",Bearer " + token, "Basic YTpi, Bearer " + token)) {
			assertThat(functions.get(Routes.LIST, "Authorization", joined).statusCode()).isEqualTo(400);
		}
		assertThat(functions.get(Routes.LIST, "Authorization", "Digest username=\"a b\", realm=\"c d\"").statusCode())
			.isEqualTo(401);
		assertThat(functions.get(Routes.LIST + "?access_token=" + token).statusCode()).isEqualTo(401);
	}

	@Test
	void whoMayComesAfterWhetherItExistsAndBeforeTheBody() {
		assertThat(functions.get("/unknown").statusCode()).isEqualTo(404);
		assertThat(functions.send("POST", Routes.LIST, "{}").statusCode()).isEqualTo(405);
		assertThat(functions.post("nonsense").statusCode()).isEqualTo(401);
		assertThat(functions.get("/hello").statusCode()).isEqualTo(200);
		assertThat(functions.get("/zero", "Authorization", "Bearer x").statusCode()).isEqualTo(200);
		assertThat(functions.get("/openapi.json").statusCode()).isEqualTo(200);
		assertThat(functions.get("/openapi.yaml").statusCode()).isEqualTo(200);
		for (String path : List.of(Routes.LIST, Routes.GET + Routes.NOBODY, Routes.POST, Routes.PUT + Routes.NOBODY,
				Routes.DELETE + Routes.NOBODY)) {
			assertThat(functions.send("OPTIONS", path, null).statusCode()).isEqualTo(204);
		}
		assertThat(functions.send("HEAD", Routes.LIST, null).statusCode()).isEqualTo(401);
	}

	@Test
	void whoMayNotIsAnsweredBeforeTheBodyComes() throws IOException {
		try (Socket socket = RawHttp.connect(functions)) {
			RawHttp.send(socket, "POST " + Routes.POST
					+ " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n");
			assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
				.isEqualTo("HTTP/1.1 401");
		}
	}

	@Test
	void tokenThatIsRememberedExpires() {
		// 30 s after it says so, since clocks differ.
		String token = signed((same) -> same.expiration(in(Duration.ofSeconds(-26))));
		assertThat(status(functions, token)).isEqualTo(200);
		assertStatus(functions, token, 401);
	}

	@Test
	void keyIsRotatedWithoutARestart() throws IOException {
		Path file = keys("rotated.json", Map.of("rsa", RSA));
		String old = signed((same) -> {
		});
		String other = with(Jwts.SIG.RS256, UNKNOWN, "new");
		try (RunningFunctions rotated = guarded("auth.keys=" + file)) {
			assertStatus(rotated, old, 200);
			assertStatus(rotated, other, 401);
			replace(file, set(Map.of("rsa", RSA, "new", UNKNOWN)));
			assertStatus(rotated, other, 200);
			assertStatus(rotated, old, 200);
			for (String nonsense : List.of("nonsense", "{\"keys\":[\"nonsense\"]}")) {
				replace(file, nonsense);
				Awaitility.await()
					.during(Duration.ofMillis(2500))
					.atMost(Duration.ofSeconds(5))
					.until(() -> status(rotated, old) == 200);
			}
			replace(file, set(Map.of("new", UNKNOWN)));
			assertStatus(rotated, old, 401);
			assertStatus(rotated, other, 200);
		}
	}

	private static void replace(Path file, String content) throws IOException {
		Files.move(Files.writeString(file.resolveSibling("new"), content), file, StandardCopyOption.ATOMIC_MOVE);
	}

	private static void assertStatus(RunningFunctions functions, String token, int status) {
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> status(functions, token) == status);
	}

	private static int status(RunningFunctions functions, String token) {
		return functions.get(Routes.LIST + "?limit=1", "Authorization", "Bearer " + token).statusCode();
	}

	@Test
	void keysForOtherPurposesArePassedOver() throws IOException {
		String others = """
				{"keys":[
				{"kty":"unknown","kid":"a","x":"1"},
				{"kty":"EC","crv":"secp256k1","use":"sig","kid":"b","x":"AA","y":"AA"},
				{"kty":"OKP","crv":"X25519","use":"enc","kid":"c","x":"hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo"},
				{"kty":"OKP","crv":"Ed448","kid":"d","x":"AA"},
				{"kid":"e"},
				{"kty":"oct","kid":"f","k":"c2VjcmV0"},""";
		Path file = Files.writeString(directory.resolve("others.json"),
				set(Map.of("rsa", RSA)).replace("{\"keys\":[", others));
		try (RunningFunctions mixed = guarded("auth.keys=" + file)) {
			assertStatus(mixed, signed((same) -> {
			}), 200);
		}
	}

	@Test
	void tokenWithoutTheNameOfItsKeyIsTriedWithTheKeysOfItsKind() {
		for (KeyPair key : List.of(RSA, SECOND_RSA)) {
			String token = token(READ).header()
				.delete("kid")
				.and()
				.signWith(key.getPrivate(), Jwts.SIG.RS256)
				.compact();
			assertThat(get(Routes.LIST + "?limit=1", token).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void otherIssuersWriteTokensOtherwise() throws IOException {
		Path file = keys("other.json", Map.of("rsa", RSA));
		String token = signed(
				(same) -> same.header().type(null).and().claim("scope", null).claim("scp", List.of(READ)));
		try (RunningFunctions other = guarded("auth.keys=" + file, "auth.token-type=", "auth.scope-claim=scp",
				"auth.audience=" + NOUN)) {
			assertStatus(other, token, 200);
		}
	}

	@Test
	void keysAreFetchedFromAUrl() throws IOException {
		HttpServer issuer = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
		String token = signed((same) -> {
		});
		try (RunningFunctions waiting = guarded(keysAt("http", issuer))) {
			// Nobody listens yet: the connection waits in the backlog.
			HttpResponse<String> early = waiting.get(Routes.LIST, "Authorization", "Bearer " + token);
			Problem.assertProblem(early, 503);
			assertThat(early.headers().firstValue("Retry-After")).isPresent();
			issuer.start();
			assertStatus(waiting, token, 200);
		}
		finally {
			issuer.stop(0);
		}
	}

	@Test
	void tokenWithANewKeyOfTheIssuerIsNeverCalledInvalid() throws Exception {
		Map<String, KeyPair> keys = new ConcurrentHashMap<>(Map.of("rsa", RSA));
		HttpServer issuer = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
		answer(issuer, 200, () -> set(keys).getBytes(StandardCharsets.UTF_8));
		issuer.start();
		String token = with(Jwts.SIG.RS256, SECOND_RSA, "new");
		try (RunningFunctions functions = guarded(url("http", issuer))) {
			assertStatus(functions, token, 401);
			keys.put("new", SECOND_RSA);
			// Before that, the issuer is not asked again.
			Thread.sleep(10_000);
			assertThat(status(functions, token)).isEqualTo(503);
			assertStatus(functions, token, 200);
		}
		finally {
			issuer.stop(0);
		}
	}

	@Test
	void keysAreFetchedByHttpsFromWhomTheJvmTrusts(CapturedOutput output) throws Exception {
		X509Bundle certificate = new CertificateBuilder().subject("CN=localhost")
			.addSanDnsName("localhost")
			.setIsCertificateAuthority(true)
			.buildSelfSigned();
		SSLContext trusting = SSLContext.getInstance("TLS");
		trusting.init(certificate.toKeyManagerFactory().getKeyManagers(),
				certificate.toTrustManagerFactory().getTrustManagers(), null);
		HttpsServer issuer = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
		issuer.setHttpsConfigurator(new HttpsConfigurator(trusting));
		String keys = keysAt("https", issuer);
		issuer.start();
		String token = signed((same) -> {
		});
		SSLContext before = SSLContext.getDefault();
		try {
			try (RunningFunctions distrusting = guarded(keys)) {
				assertStatus(distrusting, token, 503);
				assertThat(output).contains("AUTH_KEYS can't be fetched", "PKIX path");
			}
			SSLContext.setDefault(trusting);
			try (RunningFunctions functions = guarded(keys)) {
				assertThat(functions.get(Routes.LIST + "?limit=1", "Authorization", "Bearer " + token).statusCode())
					.isEqualTo(200);
			}
		}
		finally {
			SSLContext.setDefault(before);
			issuer.stop(0);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 500 })
	void answerOfTheIssuerThatIsNoSetOfKeysIsTold(int status, CapturedOutput output) throws IOException {
		HttpServer issuer = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
		answer(issuer, status, () -> new byte[100]);
		issuer.start();
		try (RunningFunctions functions = guarded(url("http", issuer))) {
			assertStatus(functions, "x", 503);
			assertThat(output).contains("The issuer answers " + status);
		}
		finally {
			issuer.stop(0);
		}
	}

	@Test
	void answerOfTheIssuerThatIsTooLongIsNotRead(CapturedOutput output) throws IOException {
		HttpServer issuer = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
		answer(issuer, 200, () -> new byte[2 * 1024 * 1024]);
		issuer.start();
		try (RunningFunctions functions = guarded(url("http", issuer))) {
			assertStatus(functions, "x", 503);
			assertThat(output).contains("The issuer answers more than");
		}
		finally {
			issuer.stop(0);
		}
	}

	private static String keysAt(String scheme, HttpServer issuer) {
		answer(issuer, 200, () -> set(Map.of("rsa", RSA)).getBytes(StandardCharsets.UTF_8));
		return url(scheme, issuer);
	}

	private static String url(String scheme, HttpServer issuer) {
		return "auth.keys=" + scheme + "://localhost:" + issuer.getAddress().getPort() + "/keys";
	}

	private static void answer(HttpServer issuer, int status, Supplier<byte[]> answer) {
		issuer.createContext("/", (exchange) -> {
			byte[] body = answer.get();
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
	}

}
