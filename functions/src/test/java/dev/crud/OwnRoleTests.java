package dev.crud;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything a function can do, it can do as its own database role.
 */
class OwnRoleTests {

	@Test
	void passengerlistFiltersSortsAndCounts() {
		String name = Body.uniqueName();
		String uuid = Shared.create(Body.of(name));
		Shared.create(Body.of(name).with("age", "2"));
		try (RunningFunctions alone = alone("passengerlist")) {
			HttpResponse<String> response = alone
				.get("/?count=true&limit=1&sort=-age&minFare=13&survived=true&name=" + name);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).isEqualTo("[" + Body.of(name).answer(uuid) + "]");
			assertThat(response.headers().firstValue("X-Total-Count")).contains("2");
			String next = response.headers().firstValue("Link").orElse("");
			assertThat(next).startsWith("</passengerlist?").endsWith(">; rel=\"next\"");
			assertThat(Body.parse(alone.get(next.substring(1, next.indexOf('>'))).body()).size()).isEqualTo(1);
		}
	}

	@Test
	void postpassengerInsertsOnceUnderAKey() {
		String name = Body.uniqueName();
		try (RunningFunctions alone = alone("postpassenger")) {
			for (int i = 0; i < 2; i++) {
				HttpResponse<String> response = alone.send("POST", "/", Body.of(name).toString(), "Content-Type",
						"application/json", "Idempotency-Key", name);
				assertThat(response.statusCode()).isEqualTo(201);
				assertThat(Shared.count(name)).isEqualTo(1);
			}
		}
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "X-Unused", "Idempotency-Key" })
	void postpassengerInsertsMany(String header) {
		String name = Body.uniqueName();
		try (RunningFunctions alone = alone("postpassenger")) {
			HttpResponse<String> response = alone.send("POST", "/", Body.of(name) + "\n" + Body.of(name) + "\n",
					"Content-Type", "application/x-ndjson", header, name);
			assertThat(response.statusCode()).isEqualTo(201);
			assertThat(response.body()).isEqualTo("{\"inserted\":2}");
			assertThat(Shared.count(name)).isEqualTo(2);
		}
	}

	@Test
	void putpassengerReplacesUnderACondition() {
		String name = Body.uniqueName();
		String uuid = Shared.create(Body.of("Before"));
		try (RunningFunctions alone = alone("putpassenger")) {
			String etag = Shared.FUNCTIONS.get("/getpassenger/" + uuid).headers().firstValue("ETag").orElse("");
			HttpResponse<String> response = alone.send("PUT", "/" + uuid, Body.of(name).toString(), "Content-Type",
					"application/json", "If-Match", etag);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(Shared.row(uuid)).containsExactly("t|2|" + name + "|male|27|0|0|13");
			Problem.assertProblem(alone.send("PUT", "/" + uuid, Body.of("After").toString(), "Content-Type",
					"application/json", "If-Match", etag), 412);
			assertThat(Shared.count(name)).isEqualTo(1);
		}
	}

	@Test
	void deletepassengerDeletesUnderACondition() {
		String uuid = Shared.create(Body.of("Deleted"));
		try (RunningFunctions alone = alone("deletepassenger")) {
			Problem.assertProblem(alone.send("DELETE", "/" + uuid, null, "If-Match", "\"other\""), 412);
			assertThat(Shared.row(uuid)).hasSize(1);
			String etag = Shared.FUNCTIONS.get("/getpassenger/" + uuid).headers().firstValue("ETag").orElse("");
			assertThat(alone.send("DELETE", "/" + uuid, null, "If-Match", etag).statusCode()).isEqualTo(204);
			assertThat(Shared.row(uuid)).isEmpty();
		}
	}

	private static RunningFunctions alone(String function) {
		return RunningFunctions.only(Shared.POSTGRES, function);
	}

}
