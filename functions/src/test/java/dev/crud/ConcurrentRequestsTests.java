package dev.crud;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests many requests at once, some of which share statements.
 */
class ConcurrentRequestsTests {

	private static final int REQUESTS = 100;

	private final ExecutorService clients = Executors.newFixedThreadPool(50);

	@AfterEach
	void stop() {
		this.clients.shutdown();
	}

	@Test
	@DisplayName("each gets the key of its own row, and finds that row")
	void eachHasItsOwnRow() throws Exception {
		List<HttpResponse<String>> created = atOnce((number) -> Shared.FUNCTIONS.post(Body.variant(number).toString()));
		List<String> keys = created.stream().map((answer) -> Body.parse(answer.body()).get("uuid").asString()).toList();
		assertThat(keys).doesNotHaveDuplicates();
		for (int number = 0; number < REQUESTS; number++) {
			Stored.assertRow(keys.get(number), Body.variant(number));
		}
		List<HttpResponse<String>> found = atOnce((number) -> Shared.FUNCTIONS.get(Routes.GET + keys.get(number)));
		assertThat(found).extracting(HttpResponse::body)
			.containsExactlyElementsOf(created.stream().map(HttpResponse::body).toList());
		List<HttpResponse<String>> some = atOnce(
				(number) -> Shared.FUNCTIONS.get(Routes.GET + ((number % 2 == 0) ? Routes.NOBODY : keys.get(0))));
		for (int number = 0; number < REQUESTS; number++) {
			assertThat(some.get(number).statusCode()).isEqualTo((number % 2 == 0) ? 404 : 200);
		}
	}

	private <T> List<T> atOnce(IntFunction<T> request) throws InterruptedException, ExecutionException {
		List<Future<T>> sent = new ArrayList<>();
		for (int i = 0; i < REQUESTS; i++) {
			int number = i;
			sent.add(this.clients.submit(() -> request.apply(number)));
		}
		List<T> answers = new ArrayList<>();
		for (Future<T> one : sent) {
			answers.add(one.get());
		}
		return answers;
	}

}
