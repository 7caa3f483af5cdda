package dev.crud;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order of lists, their pages and their count.
 */
class ListTests {

	private final RunningFunctions functions = Shared.FUNCTIONS;

	private final String name = Body.uniqueName();

	private final List<String> uuids = IntStream.range(0, 7)
		.mapToObj((i) -> Shared.create(Body.of(this.name + "&" + i)))
		.toList();

	@Test
	@DisplayName("a JSON array in uuid order")
	void listIsInUuidOrder() {
		assertThat(list("")).isEqualTo(this.uuids).isSorted();
		List<String> all = uuids(this.functions.get("/passengerlist"));
		assertThat(all).isSorted().containsAll(this.uuids).hasSize(Shared.count(""));
	}

	@Test
	void everyRowOfAListIsAPassenger() {
		String row = Body.of(this.name + "&0").answer(this.uuids.get(0));
		assertThat(this.functions.get("/passengerlist?name=" + this.name + "%260").body()).isEqualTo("[" + row + "]");
	}

	@Test
	@DisplayName("limit 1 to 1000, after=<uuid>")
	void limitAndAfterMakeAPage() {
		assertThat(list("&limit=3")).isEqualTo(this.uuids.subList(0, 3));
		assertThat(list("&limit=1000")).isEqualTo(this.uuids);
		assertThat(list("&limit=3&after=" + this.uuids.get(2))).isEqualTo(this.uuids.subList(3, 6));
		assertThat(list("&after=" + this.uuids.get(4))).isEqualTo(this.uuids.subList(5, 7));
		assertThat(list("&after=" + this.uuids.get(4).toUpperCase(java.util.Locale.ROOT)))
			.isEqualTo(this.uuids.subList(5, 7));
		assertThat(list("&after=" + this.uuids.get(6))).isEmpty();
		assertThat(list("&after=00000000-0000-0000-0000-000000000000")).isEqualTo(this.uuids);
		assertThat(list("&after=ffffffff-ffff-ffff-ffff-ffffffffffff")).isEmpty();
	}

	@Test
	@DisplayName("Link: </passengerlist?…>; rel=\"next\" with the same filters, when more rows follow")
	void linkIsThereWhenMoreRowsFollow() {
		String query = "/passengerlist?sex=male&name=" + this.name + "%26&survived=true";
		String link = get(query + "&limit=6").headers().firstValue("Link").orElse("");
		assertThat(link).matches("</passengerlist\\?[!-~&&[^<> ]]+>; rel=\"next\"")
			.contains("sex=male", "name=" + this.name + "%26", "survived=true", "limit=6",
					"after=" + this.uuids.get(5));
		assertThat(get(query + "&limit=7").headers().firstValue("Link")).isEmpty();
		assertThat(get(query).headers().firstValue("Link")).isEmpty();
	}

	@ParameterizedTest(name = "limit={0}")
	@ValueSource(ints = { 1, 2, 3, 6, 7, 8 })
	void followingLinksYieldsEveryRowOnce(int limit) {
		assertThat(Pages.follow("/passengerlist?name=" + this.name + "&limit=" + limit)).isEqualTo(this.uuids);
	}

	@Test
	@DisplayName("the boundary row may be deleted or changed between pages")
	void deletedBoundaryRowDoesNotDisturbTheNextPage() {
		String next = Pages.next(get("/passengerlist?limit=3&name=" + this.name)).orElseThrow();
		this.functions.send("DELETE", "/deletepassenger/" + this.uuids.get(2), null);
		assertThat(Pages.follow(next)).isEqualTo(this.uuids.subList(3, 7));
	}

	@Test
	@DisplayName("count=true adds X-Total-Count")
	void countIsOfAllRowsThatTheFiltersLetThrough() {
		HttpResponse<String> counted = get("/passengerlist?limit=2&count=true&name=" + this.name);
		assertThat(counted.headers().firstValue("X-Total-Count")).contains("7");
		assertThat(get(Pages.next(counted).orElseThrow()).headers().firstValue("X-Total-Count")).contains("7");
		assertThat(get("/passengerlist?count=true&name=" + this.name + "none").headers().firstValue("X-Total-Count"))
			.contains("0");
		assertThat(get("/passengerlist?count=true&limit=1").headers().firstValue("X-Total-Count"))
			.contains(String.valueOf(Shared.count("")));
		assertThat(get("/passengerlist?limit=2&name=" + this.name).headers().firstValue("X-Total-Count")).isEmpty();
		assertThat(get("/passengerlist?limit=2&count=false").headers().firstValue("X-Total-Count")).isEmpty();
	}

	static Stream<String> badQueries() {
		List<String> queries = new ArrayList<>(List.of("limit=0", "limit=1001", "limit=-1", "limit=", "limit",
				"limit=a", "limit=1.0", "limit=1e2", "limit=99999999999999999999", "limit=%201", "limit=1&limit=2",
				"after=", "after=1", "after=nonsense", "after=0189000000007000800000000000000", "survived=1",
				"survived=", "survived=TRUE", "passengerClass=0", "passengerClass=4", "passengerClass=",
				"passengerClass=first", "sex=", "sex=Male", "sex=other", "minAge=-1", "minAge=151", "minAge=",
				"minAge=NaN", "maxAge=-1", "maxAge=151", "maxAge=x", "maxAge=Infinity", "minFare=-1", "minFare=1000001",
				"minFare=1,5", "maxFare=-1", "maxFare=1000001", "maxFare=", "maxFare=0x10", "name=%00", "name=%FF",
				"name=%C3", "name=%ED%A0%80", "name=a&name=b", "sort=", "sort=-", "sort=nonsense", "sort=--age",
				"sort=+age", "sort=AGE", "sort=version", "sort=passenger_class", "sort=age,fare", "sort=age;--",
				"sort=age&sort=fare", "sort=1", "count=", "count=1", "count=TRUE", "count=yes", "count=ESTIMATED",
				"count=estimate", "count=true&count=estimated"));
		return queries.stream();
	}

	@ParameterizedTest(name = "{0}")
	@org.junit.jupiter.params.provider.MethodSource("badQueries")
	@DisplayName("a parameter out of range is 400")
	void badParameterIsRefused(String query) {
		Problem.assertProblem(get("/passengerlist?" + query), 400);
	}

	private HttpResponse<String> get(String target) {
		return this.functions.get(target);
	}

	private List<String> list(String query) {
		return uuids(get("/passengerlist?name=" + this.name + query));
	}

	private static List<String> uuids(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return StreamSupport.stream(Body.parse(response.body()).spliterator(), false)
			.map((row) -> row.get("uuid").asString())
			.toList();
	}

}
