package dev.crud;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import dev.crud.function.Operation;
import dev.crud.table.Column;
import dev.crud.table.Filter;
import dev.crud.table.FilterKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a function can do all it does as its own database role.
 */
class OwnRoleTests {

	@Test
	void listSortsAndCounts() {
		Shared.emptied();
		String uuid = Shared.create(Body.example());
		Shared.create(Body.other());
		try (RunningFunctions alone = alone(Operation.LIST)) {
			HttpResponse<String> response = alone.get("/?count=true&limit=1&sort=uuid");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).isEqualTo("[" + Body.example().answer(uuid) + "]");
			assertThat(response.headers().firstValue("X-Total-Count")).contains("2");
			String next = response.headers().firstValue("Link").orElse("");
			assertThat(next).startsWith("<" + Routes.LIST + "?").endsWith(">; rel=\"next\"");
			assertThat(Body.parse(alone.get(next.substring(1, next.indexOf('>'))).body()).size()).isEqualTo(1);
			assertThat(Body.parse(alone.get("/").body()).size()).isEqualTo(2);
		}
	}

	@Test
	void listTakesEverySortAndFilter() {
		Shared.emptied();
		Body body = Body.variant(0);
		String uuid = Shared.create(body);
		try (RunningFunctions alone = alone(Operation.LIST)) {
			for (Column column : Body.COLUMNS) {
				if (column.sorted()) {
					assertThat(Pages.uuids(alone.get("/?limit=9&sort=" + column.name()))).containsExactly(uuid);
				}
			}
			for (Filter filter : Declaration.TABLE.filters()) {
				String value = (filter.kind() == FilterKind.PRESENT) ? "true" : body.text(filter.column());
				assertThat(Pages.uuids(
						alone.get("/?" + filter.parameter() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))))
					.containsExactly(uuid);
			}
		}
	}

	@Test
	void postInsertsOnceUnderAKey() {
		String name = UUID.randomUUID().toString();
		Shared.emptied();
		try (RunningFunctions alone = alone(Operation.POST)) {
			for (int i = 0; i < 2; i++) {
				HttpResponse<String> response = alone.send("POST", "/", Body.example().toString(), "Content-Type",
						"application/json", "Idempotency-Key", name);
				assertThat(response.statusCode()).isEqualTo(201);
				assertThat(Stored.count()).isEqualTo(1);
			}
		}
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "X-Unused", "Idempotency-Key" })
	void postInsertsMany(String header) {
		String name = UUID.randomUUID().toString();
		Shared.emptied();
		try (RunningFunctions alone = alone(Operation.POST)) {
			HttpResponse<String> response = alone.send("POST", "/", Body.example() + "\n" + Body.example() + "\n",
					"Content-Type", "application/x-ndjson", header, name);
			assertThat(response.statusCode()).isEqualTo(201);
			assertThat(response.body()).isEqualTo("{\"inserted\":2}");
			assertThat(Stored.count()).isEqualTo(2);
		}
	}

	@Test
	void putReplacesUnderACondition() {
		String uuid = Shared.create(Body.example());
		try (RunningFunctions alone = alone(Operation.PUT)) {
			String etag = Shared.FUNCTIONS.get(Routes.GET + uuid).headers().firstValue("ETag").orElse("");
			HttpResponse<String> response = alone.send("PUT", "/" + uuid, Body.other().toString(), "Content-Type",
					"application/json", "If-Match", etag);
			assertThat(response.statusCode()).isEqualTo(200);
			Stored.assertRow(uuid, Body.other());
			Problem.assertProblem(alone.send("PUT", "/" + uuid, Body.example().toString(), "Content-Type",
					"application/json", "If-Match", etag), 412);
			Stored.assertRow(uuid, Body.other());
		}
	}

	@Test
	void deleteDeletesUnderACondition() {
		String uuid = Shared.create(Body.example());
		try (RunningFunctions alone = alone(Operation.DELETE)) {
			Problem.assertProblem(alone.send("DELETE", "/" + uuid, null, "If-Match", "\"other\""), 412);
			Stored.assertRow(uuid, Body.example());
			String etag = Shared.FUNCTIONS.get(Routes.GET + uuid).headers().firstValue("ETag").orElse("");
			assertThat(alone.send("DELETE", "/" + uuid, null, "If-Match", etag).statusCode()).isEqualTo(204);
			Stored.assertNone(uuid);
		}
	}

	private static RunningFunctions alone(Operation operation) {
		return RunningFunctions.only(Shared.POSTGRES, Routes.name(operation));
	}

}
