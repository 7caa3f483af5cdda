package dev.crud.passenger;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.crud.Problem;
import dev.crud.Shared;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the query parameters of passengerlist, in the words of the contract.
 */
class ListQueriesTests {

	private final String name = Passenger.uniqueName();

	private final List<String> uuids = IntStream.range(0, 7)
		.mapToObj((i) -> Shared.create(Passenger.of(this.name + "&" + i)))
		.toList();

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

	@Test
	@DisplayName("count=true adds X-Total-Count, count=estimated the planner's figure")
	void countIsOfAllRowsThatTheFiltersLetThrough() {
		HttpResponse<String> counted = get("/passengerlist?limit=2&count=true&name=" + this.name);
		assertThat(counted.headers().firstValue("X-Total-Count")).contains("7");
		assertThat(get("/passengerlist?count=true&name=" + this.name + "none").headers().firstValue("X-Total-Count"))
			.contains("0");
		assertThat(get("/passengerlist?limit=2&count=estimated&name=" + this.name).headers()
			.firstValueAsLong("X-Total-Count")).isPresent();
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

	private static HttpResponse<String> get(String target) {
		return Shared.FUNCTIONS.get(target);
	}

}
