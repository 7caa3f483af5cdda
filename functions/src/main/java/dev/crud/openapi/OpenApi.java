package dev.crud.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.crud.function.Functions;
import dev.crud.function.Operation;
import dev.crud.table.Noun;
import dev.crud.table.Table;

import static dev.crud.openapi.Nodes.object;

/**
 * Describes the functions in OpenAPI 3.1, without anything that a tool for OpenAPI 3.0
 * would reject.
 */
public final class OpenApi {

	/**
	 * The version of the contract, not of the software: it changes when clients need to
	 * know.
	 */
	private static final String VERSION = "1.0.0";

	/** The path at which the document is served as YAML. */
	public static final String YAML = "/openapi.yaml";

	/** The path at which the document is served as JSON. */
	public static final String JSON = "/openapi.json";

	/** The paths at which the document is served. */
	public static final List<String> PATHS = List.of(YAML, JSON);

	private final Table table;

	private final Functions functions;

	/**
	 * Creates the description.
	 * @param table the table
	 * @param functions the functions over it
	 */
	public OpenApi(Table table, Functions functions) {
		this.table = table;
		this.functions = functions;
	}

	/**
	 * Returns the document as YAML.
	 * @return YAML 1.2
	 */
	public String yaml() {
		return YamlText.of(document());
	}

	/**
	 * Returns the document as JSON.
	 * @return JSON
	 */
	public String json() {
		return JsonText.of(document());
	}

	Map<String, Object> document() {
		Noun noun = this.table.noun();
		String title = noun.singular().substring(0, 1).toUpperCase(Locale.ROOT) + noun.singular().substring(1);
		return object("openapi", "3.1.0", "info",
				object("title", title + " functions", "version", VERSION, "description", OpenApiText.of(noun),
						"license", object("name", "Apache-2.0", "url", "https://www.apache.org/licenses/LICENSE-2.0")),
				"servers", List.of(object("url", "/", "description", "Where this document is served")), "tags",
				List.of(object("name", noun.plural(), "description", "The functions over the table"),
						object("name", OpenApiPaths.CONSTANTS, "description", "Functions that answer always the same"),
						object("name", OpenApiDocumentPaths.TAG, "description", "This document")),
				"paths", paths(), "components", components());
	}

	private Map<String, Object> paths() {
		OpenApiPaths paths = new OpenApiPaths(this.table, this.functions);
		Map<String, Object> all = object();
		this.functions.all().forEach((function) -> {
			String path = function.path() + (function.operation().takesKey() ? "/{" + Table.KEY + "}" : "");
			all.put(path, paths.path(function));
		});
		all.putAll(OpenApiDocumentPaths.all());
		return all;
	}

	private Map<String, Object> components() {
		String keyPath = this.functions.of(Operation.GET).path() + "/" + OpenApiExamples.KEY;
		String post = this.functions.of(Operation.POST).path();
		return object("schemas", new OpenApiSchemas(this.table).all(), "parameters",
				new OpenApiParameters(this.table).all(), "headers",
				OpenApiHeaders.all(this.functions.of(Operation.LIST).path(), keyPath), "responses",
				OpenApiProblems.shared(this.table.noun().singular(), post, keyPath), "securitySchemes",
				object(OpenApiPaths.SECURITY, object("type", "http", "scheme", "bearer", "bearerFormat", "JWT",
						"description", "Where an installation asks for it; others ignore it")));
	}

}
