package dev.crud;

import java.net.http.HttpResponse;

import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Operation;
import dev.crud.table.Column;
import dev.crud.table.ColumnTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests that the example bodies of the OpenAPI document are accepted and answered as
 * shown, except for the uuids.
 */
class OpenApiExamplesTests {

	private static final String NEWEST = "?sort=-uuid&limit=1";

	private final RunningFunctions functions = Shared.FUNCTIONS;

	private final FunctionDeclaration post = Declaration.FUNCTIONS.of(Operation.POST);

	private final FunctionDeclaration list = Declaration.FUNCTIONS.of(Operation.LIST);

	@Test
	void anExampleThatItsColumnDoesNotAllowIsRefused() {
		Column age = Column.column("age", ColumnTypes.number(0, 150), "151");
		assertThatThrownBy(age::exampleJson).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("The example of age must be between 0 and 150");
	}

	@Test
	void theExampleOfARowIsTakenAndAnswered() {
		JsonNode sent = OpenApiDocument.body("application/json");
		HttpResponse<String> created = send("application/json", sent.toString());
		assertThat(created.statusCode()).isEqualTo(201);
		JsonNode example = OpenApiDocument.content(this.post, 201).at("/application~1json/examples/one/value");
		String uuid = Body.parse(created.body()).get("uuid").asString();
		assertThat(created.body().replace(uuid, example.get("uuid").asString())).isEqualTo(example.toString());
		JsonNode read = OpenApiDocument.content(Declaration.FUNCTIONS.of(Operation.GET), 200)
			.at("/application~1json/example");
		assertThat(read).isEqualTo(example);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/x-ndjson", "text/csv" })
	void theExampleOfManyRowsIsTaken(String type) {
		HttpResponse<String> created = send(type, OpenApiDocument.body(type).asString());
		JsonNode example = OpenApiDocument.content(this.post, 201).at("/application~1json/examples/many/value");
		assertThat(created.statusCode()).isEqualTo(201);
		assertThat(created.body()).isEqualTo(example.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/x-ndjson", "text/csv", "text/event-stream" })
	void theExampleOfAListIsAnswered(String type) {
		String body = OpenApiDocument.body("application/json").toString();
		String uuid = Body.parse(send("application/json", body).body()).get("uuid").asString();
		JsonNode content = OpenApiDocument.content(this.list, 200).get(type).get("example");
		JsonNode json = OpenApiDocument.content(this.list, 200).get("application/json").get("example");
		HttpResponse<String> answer = this.functions.get(this.list.path() + NEWEST, "Accept", type);
		assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
		assertThat(answer.body().replace(uuid, json.get(0).get("uuid").asString()))
			.isEqualTo(content.isString() ? content.asString() : content.toString());
	}

	@Test
	void theExamplesOfConstantsAreAnswered() {
		Declaration.FUNCTIONS.all()
			.stream()
			.filter((function) -> function.operation() == Operation.CONSTANT)
			.forEach((function) -> assertThat(this.functions.get(function.path()).body())
				.isEqualTo(OpenApiDocument.content(function, 200).at("/application~1json/example").toString()));
	}

	private HttpResponse<String> send(String type, String body) {
		return this.functions.send("POST", this.post.path(), body, "Content-Type", type);
	}

}
