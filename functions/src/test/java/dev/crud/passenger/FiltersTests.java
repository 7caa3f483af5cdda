package dev.crud.passenger;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.crud.Body;
import dev.crud.Problem;
import dev.crud.Shared;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the filters of a list, alone and combined.
 */
class FiltersTests {

	private final String mark = Passenger.uniqueName();

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "survived=true,b c", "survived=false,a d", "passengerClass=1,a b", "passengerClass=2,c",
			"passengerClass=3,d", "sex=male,a c", "sex=female,b d", "minAge=0,a b c d", "minAge=29.5,c d",
			"minAge=30,c d", "minAge=150,''", "maxAge=0,''", "maxAge=0.42,a", "maxAge=30,a b c", "maxAge=150,a b c d",
			"minAge=22&maxAge=30,b c", "minAge=31&maxAge=30,''", "minFare=0,a b c d", "minFare=7.25,b c d",
			"minFare=1000000,d", "maxFare=0,a", "maxFare=7.25,a b", "maxFare=7.2,a", "maxFare=1000000,a b c d",
			"minFare=7&maxFare=100,b c",
			"survived=true&passengerClass=1&sex=female&minAge=1&maxAge=99&minFare=1&maxFare=9,b",
			"survived=true&sex=male&passengerClass=3,''" })
	void filtersNarrowTheList(String query, String letters) {
		List.of("a", "b", "c", "d").forEach((letter) -> Shared.create(passenger(letter)));
		assertThat(names("/passengerlist?name=" + this.mark + "&" + query)).isEqualTo(letters.isEmpty() ? List.of()
				: List.of((this.mark + letters.replace(" ", " " + this.mark)).split(" ", -1)));
	}

	private Body passenger(String letter) {
		Body body = Passenger.of(this.mark + letter);
		return switch (letter) {
			case "a" ->
				body.with("survived", "false").with("passengerClass", "1").with("age", "0.42").with("fare", "0");
			case "b" ->
				body.with("passengerClass", "1").with("sex", "\"female\"").with("age", "22").with("fare", "7.25");
			case "c" -> body.with("age", "30").with("fare", "100");
			default -> body.with("survived", "false")
				.with("passengerClass", "3")
				.with("sex", "\"female\"")
				.with("age", "80")
				.with("fare", "1000000");
		};
	}

	@ParameterizedTest(name = "name \"{0}\" contains \"{1}\": {2}")
	@CsvSource({ "Braund,braund,true", "Braund,RAUN,true", "Braund,x,false", "100%,100%25,true", "1000,100%25,false",
			"50%off,%25,true", "50 off,%25,false", "a_b,a_b,true", "axb,a_b,false", "a_b,_,true", "ab,_,false",
			"a\\b,%5C,true", "ab,%5C,false", "a\\%b,%5C%25,true", "a*b,*,true", "ab,*,false", "Émile,émile,true",
			"émile,ÉMILE,true", "Emile,É,false", "Ωmega,ω,true", "жук,ЖУК,true", "Ångström,ÅNG,true",
			"O'Leary,o'l,true", "a b,a+b,true", "a b,a%20b,true", "a+b,a%2Bb,true", "a&b,a%26b,true", "🚢 ship,🚢,true",
			"🚢,🚣,false", "'a''; DROP TABLE passengers; --',''';%20drop',true" })
	@DisplayName("name is a case-insensitive substring; % and _ are literal")
	void nameIsALiteralSubstringWithoutCase(String name, String part, boolean found) {
		Shared.create(Passenger.of(this.mark + name));
		// Encodes what has to be encoded; the values above are easier to read without
		// that.
		String encoded = part.codePoints().anyMatch((point) -> point > 126) || part.contains("'")
				? URLEncoder.encode(part.replace("%20", " "), StandardCharsets.UTF_8) : part;
		String everyone = "/passengerlist?count=true&name=" + encoded;
		assertThat(names(everyone).contains(this.mark + name)).isEqualTo(found);
	}

	@Test
	void injectionIntoAFilterChangesNothing() {
		int before = Passenger.count("");
		for (String sql : List.of("' OR '1'='1", "%' OR 1=1 --", "x'; DELETE FROM passengers; --", "\\' OR 1=1 --",
				"$1", ":survived", "'||pg_sleep(5)||'")) {
			assertThat(names("/passengerlist?name=" + URLEncoder.encode(this.mark + sql, StandardCharsets.UTF_8)))
				.isEmpty();
			for (String parameter : List.of("sort", "limit", "after", "minAge", "passengerClass", "sex", "survived")) {
				Problem.assertProblem(
						Shared.FUNCTIONS
							.get("/passengerlist?" + parameter + "=" + URLEncoder.encode(sql, StandardCharsets.UTF_8)),
						400);
			}
		}
		assertThat(Passenger.count("")).isEqualTo(before);
	}

	private static List<String> names(String target) {
		HttpResponse<String> response = Shared.FUNCTIONS.get(target);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return Body.parse(response.body()).values().stream().map((row) -> row.get("name").asString()).toList();
	}

}
