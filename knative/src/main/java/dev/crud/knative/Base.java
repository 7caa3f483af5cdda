package dev.crud.knative;

import dev.crud.function.Functions;

import dev.crud.openapi.OpenApi;
import dev.crud.function.FunctionDeclaration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Generates the files of the Kustomize base that depend on the functions.
 */
final class Base {

	static final String FUNCTIONS = "knative/base/functions";

	private static final String SINGLE_HOST = "knative/components/single-host/";

	private Base() {
	}

	static List<GeneratedFile> of(Functions declared, OpenApi openApi) {
		List<FunctionDeclaration> functions = declared.all();
		List<GeneratedFile> files = new ArrayList<>();
		for (FunctionDeclaration function : functions) {
			files.add(GeneratedFile.yaml(FUNCTIONS + "/" + function.name() + ".yaml",
					KnativeService.of(declared, function)));
		}
		files.add(new GeneratedFile(FUNCTIONS + "/kustomization.yaml", kustomization(functions)));
		files.add(new GeneratedFile("knative/components/external/kustomization.yaml", external(declared)));
		files.add(GeneratedFile.yaml("knative/base/setup/role.yaml", SetupRole.of(functions)));
		files.add(new GeneratedFile(SINGLE_HOST + "routes.conf", Routes.of(functions)));
		files.add(new GeneratedFile(SINGLE_HOST + "openapi.yaml", openApi.yaml()));
		files.add(new GeneratedFile(SINGLE_HOST + "openapi.json", openApi.json()));
		return files;
	}

	private static String kustomization(List<FunctionDeclaration> functions) {
		return functions.stream()
			.map((function) -> "  - " + function.name() + ".yaml\n")
			.collect(Collectors.joining("",
					"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n", ""));
	}

	/** A component, because it names the functions that use the database. */
	private static String external(Functions functions) {
		String names = functions.withDatabase()
			.stream()
			.map(FunctionDeclaration::name)
			.collect(Collectors.joining("|"));
		return """
				apiVersion: kustomize.config.k8s.io/v1alpha1
				kind: Component
				namespace: %s
				labels:
				  - pairs:
				      app.kubernetes.io/part-of: %s
				      app.kubernetes.io/managed-by: kustomize
				    includeTemplates: true
				patches:
				  - path: network-policy.yaml
				    target:
				      kind: NetworkPolicy
				      name: functions|setup
				  - path: function.yaml
				    target:
				      group: serving.knative.dev
				      kind: Service
				      name: %s
				  - path: setup.yaml
				    target:
				      kind: Job
				      name: setup
				""".formatted(functions.database(), functions.image(), names);
	}

}
