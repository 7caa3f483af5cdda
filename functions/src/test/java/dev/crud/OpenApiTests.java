package dev.crud;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import dev.crud.openapi.OpenApi;
import dev.crud.function.FunctionDeclaration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests where the OpenAPI document is served, and that tools for 3.0 can read it.
 */
class OpenApiTests {

	private static final OpenApi DOCUMENT = new OpenApi(Declaration.TABLE, Declaration.FUNCTIONS);

	private final RunningFunctions functions = Shared.FUNCTIONS;

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "/openapi.yaml,application/yaml", "/openapi.json,application/json" })
	void isServedWhereAllFunctionsAnswer(String path, String type) {
		String text = path.endsWith("json") ? DOCUMENT.json() : DOCUMENT.yaml();
		HttpResponse<String> response = this.functions.get(path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).contains(type);
		assertThat(response.body()).isEqualTo(text);
		HttpResponse<String> head = this.functions.send("HEAD", path, null);
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
		HttpResponse<String> options = this.functions.send("OPTIONS", path, null);
		assertThat(options.statusCode()).isEqualTo(204);
		assertThat(options.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
		HttpResponse<String> post = this.functions.send("POST", path, "{}", "Content-Type", "application/json");
		Problem.assertProblem(post, 405);
		assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
		Problem.assertProblem(this.functions.get(path, "Accept", "image/png"), 406);
		Problem.assertProblem(this.functions.get(path + "/"), 404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/openapi.yaml", "/openapi.json" })
	void aFunctionOnItsOwnHostDoesNotKnowIt(String path) {
		FunctionDeclaration any = Declaration.FUNCTIONS.all().get(0);
		try (RunningFunctions alone = RunningFunctions.only(Shared.POSTGRES, any.name())) {
			Problem.assertProblem(alone.get(path), 404);
		}
	}

	@Test
	void yamlAndJsonSayTheSame() {
		Object yaml = new Yaml().load(DOCUMENT.yaml());
		assertThat(yaml).isEqualTo(new JsonMapper().readValue(DOCUMENT.json(), Object.class));
	}

	@Test
	void operationsAreNamedAsTheFunctions() {
		List<Object> ids = new ArrayList<>();
		visit(document(), (name, value) -> {
			// Links name the same operations again.
			if (name.equals("operationId") && !ids.contains(value)) {
				ids.add(value);
			}
		});
		assertThat(ids).containsAll(Declaration.FUNCTIONS.all().stream().map(FunctionDeclaration::name).toList());
	}

	@Test
	void functionsThatUseTheDatabaseMayNeedAToken() {
		Map<Object, Object> security = new HashMap<>();
		List<Object> schemes = new ArrayList<>();
		visit(document(), (name, value) -> {
			if (value instanceof Map<?, ?> operation && operation.containsKey("responses")) {
				security.put(operation.get("operationId"), operation.get("security"));
			}
			if (name.equals("securitySchemes")) {
				schemes.add(value);
			}
		});
		List<Object> orNone = List.of(Map.of(), Map.of("bearer", List.of()));
		Declaration.FUNCTIONS.all()
			.forEach((function) -> assertThat(security).containsEntry(function.name(),
					function.usesDatabase() ? orNone : null));
		assertThat(schemes).singleElement().asString().contains("bearer={type=http, scheme=bearer,");
	}

	@Test
	void toolsForOpenApi30CanTakeIt() {
		visit(document(), (name, value) -> {
			assertThat(value).as(name).isNotNull();
			assertThat(name).isNotIn("const", "identifier", "webhooks", "$defs", "prefixItems");
			if (name.equals("type")) {
				assertThat(value).isNotInstanceOf(Collection.class).isNotEqualTo("null");
			}
			if (name.equals("exclusiveMinimum") || name.equals("exclusiveMaximum")) {
				assertThat(value).isInstanceOf(Boolean.class);
			}
		});
	}

	private static Map<String, Object> document() {
		return new Yaml().load(DOCUMENT.yaml());
	}

	private static void visit(Object node, BiConsumer<String, Object> visitor) {
		if (node instanceof Map<?, ?> map) {
			map.forEach((name, value) -> {
				visitor.accept(String.valueOf(name), value);
				visit(value, visitor);
			});
		}
		else if (node instanceof List<?> list) {
			list.forEach((item) -> visit(item, visitor));
		}
	}

}
