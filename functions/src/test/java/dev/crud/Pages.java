package dev.crud;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Follows {@code Link: <…>; rel="next"} from page to page, as a client does.
 */
public final class Pages {

	private Pages() {
	}

	/**
	 * Reads all pages.
	 * @param first the target of the first page
	 * @return the uuids of all rows
	 */
	public static List<String> follow(String first) {
		List<String> uuids = new ArrayList<>();
		Optional<String> target = Optional.of(first);
		while (target.isPresent()) {
			HttpResponse<String> page = Shared.FUNCTIONS.get(target.get());
			assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
			uuids.addAll(uuids(page));
			assertThat(uuids).doesNotHaveDuplicates();
			target = next(page);
		}
		return uuids;
	}

	public static List<String> uuids(HttpResponse<String> page) {
		List<String> uuids = new ArrayList<>();
		for (JsonNode row : Body.parse(page.body())) {
			uuids.add(row.get("uuid").asString());
		}
		return uuids;
	}

	public static Optional<String> next(HttpResponse<String> page) {
		return page.headers().firstValue("Link").map((link) -> link.substring(1, link.indexOf('>')));
	}

}
