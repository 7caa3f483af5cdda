package dev.crud;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@code Idempotency-Key} with POST.
 */
class IdempotencyTests {

	private static final int THREADS = 8;

	private final RunningFunctions functions = Shared.emptied();

	private final String name = UUID.randomUUID().toString();

	private final String key = "key-" + this.name;

	private final String body = Body.example().toString();

	@Test
	@DisplayName("the same key with the same body: same uuid, 201, and one row")
	void sameKeyAndBodyAnswersWhatTheFirstOneAnswered() {
		HttpResponse<String> first = post(this.key, this.body);
		HttpResponse<String> second = post(this.key, this.body);
		assertThat(first.statusCode()).isEqualTo(201);
		assertSameAnswer(second, first);
		assertThat(Stored.count()).isEqualTo(1);
	}

	@Test
	@DisplayName("what the first one answered, even after the row was changed or deleted")
	void laterChangesDoNotChangeTheAnswer() {
		HttpResponse<String> first = post(this.key, this.body);
		String uuid = Body.parse(first.body()).get("uuid").asString();
		this.functions.send("PUT", Routes.PUT + uuid, Body.other().toString(), "Content-Type", "application/json");
		assertSameAnswer(post(this.key, this.body), first);
		this.functions.send("DELETE", Routes.DELETE + uuid, null);
		assertSameAnswer(post(this.key, this.body), first);
		assertThat(Stored.count()).isZero();
	}

	private static void assertSameAnswer(HttpResponse<String> response, HttpResponse<String> first) {
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(response.body()).isEqualTo(first.body());
		for (String header : List.of("Location", "ETag", "Content-Type")) {
			assertThat(response.headers().firstValue(header)).isEqualTo(first.headers().firstValue(header));
		}
	}

	@Test
	@DisplayName("the same key with another body: 422")
	void sameKeyWithAnotherBodyIsRefused() {
		post(this.key, this.body);
		Problem.assertProblem(post(this.key, Body.other().toString()), 422);
		assertThat(Stored.count()).isEqualTo(1);
	}

	@Test
	void otherKeysAndNoKeyInsertAgain() {
		post(this.key, this.body);
		assertThat(post(this.key + "2", this.body).statusCode()).isEqualTo(201);
		assertThat(post(this.key.replace("key", "KEY"), this.body).statusCode()).isEqualTo(201);
		assertThat(this.functions.post(this.body).statusCode()).isEqualTo(201);
		assertThat(Stored.count()).isEqualTo(4);
	}

	@Test
	void refusedBodyDoesNotUseTheKey() {
		Problem.assertProblem(post(this.key, Body.bad().toString()), 400);
		assertThat(post(this.key, this.body).statusCode()).isEqualTo(201);
		assertThat(Stored.count()).isEqualTo(1);
	}

	@ParameterizedTest(name = "key \"{0}\"")
	@ValueSource(strings = { "!", "~", "\"quoted\"", "a,b", "'; DROP TABLE idempotency_keys; --" })
	void visibleAsciiIsAKey(String visible) {
		String good = (visible + this.name).replace(" ", "");
		assertSameAnswer(post(good, this.body), post(good, this.body));
		assertThat(Stored.count()).isEqualTo(1);
	}

	@Test
	@DisplayName("1 to 255 visible ASCII")
	void keyHas1To255Characters() {
		String longest = (this.name + "k".repeat(255)).substring(0, 255);
		assertSameAnswer(post(longest, this.body), post(longest, this.body));
		assertThat(Stored.count()).isEqualTo(1);
		Problem.assertProblem(post(longest + "k", this.body), 400);
		assertThat(Stored.count()).isEqualTo(1);
	}

	@ParameterizedTest(name = "key [{0}]")
	@ValueSource(strings = { "", "a b", "a\tb", "\u00E9", "\u007f" })
	void badKeyIsRefused(String bad) {
		String response = RawHttp.exchange(this.functions, "POST " + Routes.POST
				+ " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n" + "Content-Length: "
				+ this.body.length() + "\r\nIdempotency-Key: " + bad + "\r\n\r\n" + this.body);
		Problem.assertProblem(RawHttp.body(response), 400);
		assertThat(Stored.count()).isZero();
	}

	@Test
	void twoKeysAreRefused() {
		Problem.assertProblem(this.functions.post(this.body, "Idempotency-Key", this.key, "Idempotency-Key", "b"), 400);
		assertThat(Stored.count()).isZero();
	}

	@Test
	@DisplayName("it holds under concurrency and across instances")
	void concurrentRequestsToTwoInstancesInsertOnce() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try (RunningFunctions other = Shared.warm(RunningFunctions.all(Shared.POSTGRES))) {
			for (int round = 0; round < 3; round++) {
				String roundKey = this.key + round;
				List<Callable<HttpResponse<String>>> posts = new ArrayList<>();
				for (int i = 0; i < THREADS; i++) {
					RunningFunctions instance = (i % 2 == 0) ? this.functions : other;
					posts.add(() -> instance.post(this.body, "Idempotency-Key", roundKey));
				}
				Set<String> bodies = new HashSet<>();
				for (Future<HttpResponse<String>> answer : threads.invokeAll(posts)) {
					assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(201);
					bodies.add(answer.get().body());
				}
				assertThat(bodies).hasSize(1);
				assertThat(Stored.count()).isEqualTo(round + 1);
			}
		}
		finally {
			threads.shutdown();
		}
	}

	@Test
	@DisplayName("within 24 h; after them the key is free again")
	void keyIsFreeAgainAfter24Hours() {
		HttpResponse<String> first = post(this.key, this.body);
		age("23 hours 59 minutes");
		assertSameAnswer(post(this.key, this.body), first);
		age("24 hours 1 second");
		HttpResponse<String> later = post(this.key, Body.other().toString());
		assertThat(later.statusCode()).isEqualTo(201);
		assertThat(Stored.count()).isEqualTo(2);
		Problem.assertProblem(post(this.key, this.body), 422);
		assertSameAnswer(post(this.key, Body.other().toString()), later);
		assertThat(Stored.count()).isEqualTo(2);
	}

	private void age(String interval) {
		Shared.query("UPDATE idempotency_keys SET used_at = now() - ?::interval WHERE key = ?", interval, this.key);
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "application/json", "application/x-ndjson" })
	void expiredKeysAreSwept(String type) {
		Shared.query("""
				INSERT INTO idempotency_keys (key, fingerprint, inserted, used_at)
				SELECT ? || i, sha256(''), 1, now() - interval '1000 days' FROM generate_series(1, 6) i
				""", this.key);
		for (int i = 0; i < 6; i++) {
			assertThat(this.functions
				.send("POST", Routes.POST, this.body, "Idempotency-Key", "fresh" + i + this.name, "Content-Type", type)
				.statusCode()).isEqualTo(201);
		}
		assertThat(Shared.query("SELECT key FROM idempotency_keys WHERE starts_with(key, ?)", this.key)).isEmpty();
		assertThat(Shared.query("SELECT key FROM idempotency_keys WHERE key LIKE 'fresh%' || ?", this.name)).hasSize(6);
	}

	@Test
	@DisplayName("many at once under a key: inserted once")
	void manyAtOnceAreInsertedOnce() {
		String rows = this.body + "\n" + this.body + "\n";
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = postMany(this.key, rows);
			assertThat(response.statusCode()).isEqualTo(201);
			assertThat(response.body()).isEqualTo("{\"inserted\":2}");
			assertThat(Stored.count()).isEqualTo(2);
		}
		Problem.assertProblem(postMany(this.key, rows + this.body), 422);
		Problem.assertProblem(post(this.key, this.body), 422);
		assertThat(Stored.count()).isEqualTo(2);
		age("25 hours");
		assertThat(postMany(this.key, this.body).body()).isEqualTo("{\"inserted\":1}");
		assertThat(Stored.count()).isEqualTo(3);
	}

	@Test
	@DisplayName("a key that expires during a retry of many: what the first one answered")
	void keyMayExpireDuringARetry() throws Exception {
		String rows = this.body + "\n" + this.body + "\n";
		assertThat(postMany(this.key, rows).body()).isEqualTo("{\"inserted\":2}");
		age("23 hours 59 minutes 57 seconds");
		try (Socket retry = RawHttp.connect(this.functions)) {
			RawHttp.send(retry,
					"POST " + Routes.POST + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/"
							+ "x-ndjson\r\nIdempotency-Key: " + this.key + "\r\nContent-Length: "
							+ rows.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + this.body);
			Thread.sleep(5000);
			RawHttp.send(retry, "\n" + this.body + "\n");
			assertThat(RawHttp.readAll(retry)).startsWith("HTTP/1.1 201").endsWith("{\"inserted\":2}");
		}
		assertThat(Stored.count()).isEqualTo(2);
	}

	private HttpResponse<String> post(String idempotencyKey, String text) {
		return this.functions.post(text, "Idempotency-Key", idempotencyKey);
	}

	private HttpResponse<String> postMany(String idempotencyKey, String rows) {
		return this.functions.send("POST", Routes.POST, rows, "Idempotency-Key", idempotencyKey, "Content-Type",
				"application/x-ndjson");
	}

}
