package dev.crud.passenger;

import java.net.http.HttpResponse;
import java.util.stream.Stream;

import dev.crud.Body;
import dev.crud.Problem;
import dev.crud.RunningFunctions;
import dev.crud.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that names are answered as they were sent: nothing is trimmed, truncated or
 * coerced, and no name is taken for a part of a statement.
 */
class NamesTests {

	private final RunningFunctions functions = Shared.FUNCTIONS;

	@ParameterizedTest(name = "{0}")
	@MethodSource("names")
	void nameComesBackAsItWasSent(String what, String name) {
		HttpResponse<String> created = this.functions.post(Passenger.of(name).toString());
		assertThat(created.statusCode()).as(what + ": " + created.body()).isEqualTo(201);
		String uuid = Body.parse(created.body()).get("uuid").asString();
		assertThat(Body.parse(created.body()).get("name").asString()).isEqualTo(name);
		assertThat(Body.parse(this.functions.get("/getpassenger/" + uuid).body()).get("name").asString())
			.isEqualTo(name);
		assertThat(Shared.query("SELECT name FROM passengers WHERE uuid = ?::uuid", uuid)).containsExactly(name);
	}

	static Stream<Arguments> names() {
		return Stream.of(Arguments.of("one letter", "A"), Arguments.of("150 letters", "a".repeat(150)),
				Arguments.of("150 emoji", "\uD83D\uDEA2".repeat(150)),
				Arguments.of("emoji of many code points", "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 Sage"),
				Arguments.of("quotes", "Rosalie \"Rose\" O'Leary \\ /"),
				Arguments.of("control characters", "a\u0001\u001f\u007f\u0085\t\r\nb\b\f"),
				Arguments.of("space around", "  Mr. Owen  Braund \t"),
				Arguments.of("line separators", "a\u2028b\u2029c"), Arguments.of("composed", "\u00C9mile"),
				Arguments.of("decomposed", "E\u0301mile"), Arguments.of("right to left", "\u202Eעברית\u202C"),
				Arguments.of("noncharacters", "a\uFFFE\uFFFFb"), Arguments.of("byte order mark", "\uFEFFname"),
				Arguments.of("replacement character", "\uFFFD"), Arguments.of("HTML", "<script>alert(1)</script>&amp;"),
				Arguments.of("word null", "null"), Arguments.of("number", "27"),
				Arguments.of("SQL", "'); DROP TABLE passengers; --"),
				Arguments.of("binds", ":name ? $1 %s ${x} #{1+1} {0}"), Arguments.of("array", "{\"a\",NULL}"));
	}

	@Test
	void nameOf151CodePointsIsRefused() {
		assertNameRefused("a".repeat(151));
		assertNameRefused("\uD83D\uDEA2".repeat(151));
	}

	private void assertNameRefused(String name) {
		int before = Passenger.count("");
		assertThat(Problem.pointers(Problem.assertProblem(this.functions.post(Passenger.of(name).toString()), 400)))
			.containsExactly("/name");
		assertThat(Passenger.count("")).isEqualTo(before);
	}

}
