package dev.crud;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;

import dev.crud.table.Column;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a body is one JSON object (RFC 8259, UTF-8) of at most 64 KiB, at most 32
 * levels deep.
 */
class JsonBodyTests {

	private static final int MAX_BYTES = 65536;

	private final RunningFunctions functions = Shared.emptied();

	private final Body body = Body.example();

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "", " ", "null", "true", "1", "\"text\"", "[]", "[{}]", "{", "}", "{]", "{\"name\"}",
			"{\"name\":}", "{name:\"x\"}", "{'name':'x'}", "{\"name\":\"x\",}", "{\"name\":\"a\tb\"}", "{/**/}",
			"{\"name\":\"\\x\"}", "{\"name\":\"\\u12\"}", "name=x&age=27", "<row/>", "\u0000" })
	void whatIsNotOneJsonObjectIsRefused(String text) {
		assertThat(Problem.pointers(Problem.assertProblem(this.functions.post(text), 400))).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "{}", "x", ",", "null", "]", "}", "/**/", "#" })
	void whatFollowsTheObjectIsRefused(String more) {
		assertRefused(this.functions.post(this.body + more));
		assertRefused(this.functions.post(this.body + "\n" + more));
	}

	@Test
	void whiteSpaceAroundTheObjectIsAllowed() {
		assertThat(this.functions.post(" \t\r\n" + this.body + " \t\r\n").statusCode()).isEqualTo(201);
		assertThat(Stored.count(this.body)).isEqualTo(1);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("fields")
	void duplicateKeyIsRefused(String field) {
		String value = this.body.fields().getOrDefault(field, "1");
		String twice = this.body.toString()
			.replace("{", "{\"" + field + "\":" + value + ",\"" + field + "\":" + value + ",");
		assertThat(Problem.pointers(Problem.assertProblem(this.functions.post(twice), 400))).contains("/" + field);
		assertThat(Stored.count(this.body)).isZero();
	}

	static Stream<String> fields() {
		return Stream.concat(Body.COLUMNS.stream().map(Column::name), Stream.of("uuid", "extra"));
	}

	@Test
	@DisplayName("a uuid in the body is refused on POST")
	void uuidIsRefusedOnPost() {
		String uuid = Body.quote(UUID.randomUUID().toString());
		HttpResponse<String> response = this.functions.post(this.body.with("uuid", uuid).toString());
		assertThat(Problem.pointers(Problem.assertProblem(response, 400))).containsExactly("/uuid");
		assertRefused(this.functions.post(this.body.with("uuid", "null").toString()));
	}

	@Test
	@DisplayName("a uuid in the body is refused on PUT when it differs from the path")
	void uuidOnPutMustBeThatOfThePath() {
		String uuid = Shared.create(Body.other());
		String other = Body.quote(UUID.randomUUID().toString());
		HttpResponse<String> response = put(uuid, this.body.with("uuid", other));
		assertThat(Problem.pointers(Problem.assertProblem(response, 400))).containsExactly("/uuid");
		assertRefused(put(uuid, this.body.with("uuid", "null")));
		assertRefused(put(uuid, this.body.with("uuid", "1")));
		Stored.assertRow(uuid, Body.other());
		HttpResponse<String> same = put(uuid, this.body.with("uuid", Body.quote(uuid)));
		assertThat(same.statusCode()).isEqualTo(200);
		assertThat(same.body()).isEqualTo(this.body.answer(uuid));
	}

	@Test
	@DisplayName("at most 32 levels deep")
	void moreThan32LevelsIsNotARowButIsNotReadEither() {
		HttpResponse<String> deep = this.functions.post(this.body.with("extra", nested(31)).toString());
		assertThat(Problem.pointers(Problem.assertProblem(deep, 400))).as("32 levels").containsExactly("/extra");
		HttpResponse<String> deeper = this.functions.post(this.body.with("extra", nested(32)).toString());
		assertThat(Problem.pointers(Problem.assertProblem(deeper, 400))).as("33 levels").isEmpty();
		assertRefused(this.functions.post("[".repeat(MAX_BYTES)));
		assertRefused(this.functions.post(this.body.with("extra", nested(20_000)).toString()));
	}

	private static String nested(int levels) {
		return "[".repeat(levels) + "]".repeat(levels);
	}

	@Test
	@DisplayName("64 KiB is allowed, one byte more is 413")
	void bodyHasAtMost64Kibibytes() {
		String padding = " ".repeat(MAX_BYTES - this.body.toString().length());
		assertThat(this.functions.post(this.body + padding).statusCode()).isEqualTo(201);
		assertThat(Stored.count(this.body)).isEqualTo(1);
		Problem.assertProblem(this.functions.post(this.body + padding + " "), 413);
		String uuid = Shared.create(Body.other());
		Problem.assertProblem(this.functions.send("PUT", Routes.PUT + uuid, this.body + padding + " ", "Content-Type",
				"application/json"), 413);
		assertThat(Stored.count(this.body)).isEqualTo(1);
		Stored.assertRow(uuid, Body.other());
	}

	@Test
	@DisplayName("more than 64 KiB in chunks is 413 too")
	void chunkedBodyHasAtMost64Kibibytes() {
		byte[] bytes = (this.body + " ".repeat(MAX_BYTES)).getBytes(StandardCharsets.UTF_8);
		Problem.assertProblem(
				send(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(bytes))), 413);
		assertThat(Stored.count(this.body)).isZero();
	}

	@Test
	void chunkedBodyIsRead() {
		HttpResponse<String> response = send(
				HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString(this.body.toString())));
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(Stored.count(this.body)).isEqualTo(1);
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "ISO-8859-1", "UTF-16", "UTF-16LE", "UTF-32" })
	void bodyThatIsNotUtf8IsRefused(String charset) {
		byte[] bytes = this.body.with("x", "\"\u00C9\u00E9\"").toString().getBytes(Charset.forName(charset));
		assertNotRead(send(HttpRequest.BodyPublishers.ofByteArray(bytes)));
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "C0AF", "C1BF", "EDA080", "F4908080", "F8888080", "80", "E282", "FF" })
	void malformedUtf8IsRefused(String hex) {
		String text = this.body.with("x", "\"a|b\"").toString();
		byte[] bytes = text
			.replace("|", new String(java.util.HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1))
			.getBytes(StandardCharsets.ISO_8859_1);
		assertNotRead(send(HttpRequest.BodyPublishers.ofByteArray(bytes)));
	}

	@Test
	@DisplayName("a byte order mark is not JSON (RFC 8259, section 8.1)")
	void byteOrderMarkIsRefused() {
		assertRefused(this.functions.post("\uFEFF" + this.body));
	}

	@ParameterizedTest(name = "Content-Type: {0}")
	@ValueSource(strings = { "application/json", "APPLICATION/JSON", "application/json; charset=utf-8",
			"application/json;charset=\"UTF-8\"", "application/vnd.example+json", "application/problem+json" })
	void jsonTypesAreAllowed(String type) {
		assertThat(this.functions.send("POST", Routes.POST, this.body.toString(), "Content-Type", type).statusCode())
			.isEqualTo(201);
		assertThat(Stored.count(this.body)).isEqualTo(1);
		String uuid = Shared.create(Body.other());
		assertThat(
				this.functions.send("PUT", Routes.PUT + uuid, this.body.toString(), "Content-Type", type).statusCode())
			.isEqualTo(200);
		Stored.assertRow(uuid, Body.example());
	}

	private HttpResponse<String> send(HttpRequest.BodyPublisher publisher) {
		return RunningFunctions.send(HttpRequest.newBuilder(this.functions.uri(Routes.POST))
			.header("Content-Type", "application/json")
			.POST(publisher)
			.build());
	}

	private HttpResponse<String> put(String uuid, Body replacement) {
		return this.functions.send("PUT", Routes.PUT + uuid, replacement.toString(), "Content-Type",
				"application/json");
	}

	private void assertNotRead(HttpResponse<String> response) {
		assertThat(Problem.pointers(Problem.assertProblem(response, 400))).as("errors in fields").isEmpty();
		assertRefused(response);
	}

	private void assertRefused(HttpResponse<String> response) {
		Problem.assertProblem(response, 400);
		assertThat(Stored.count(this.body)).isZero();
	}

}
