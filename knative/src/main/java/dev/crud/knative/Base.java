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

	static List<GeneratedFile> of(Functions declared, OpenApi openApi, String schemaVersion) {
		List<FunctionDeclaration> functions = declared.all();
		List<GeneratedFile> files = new ArrayList<>();
		for (FunctionDeclaration function : functions) {
			files.add(GeneratedFile.yaml(FUNCTIONS + "/" + function.name() + ".yaml",
					KnativeService.of(declared, function, schemaVersion)));
		}
		files.add(new GeneratedFile(FUNCTIONS + "/kustomization.yaml", kustomization(functions)));
		files.add(new GeneratedFile("knative/components/external/kustomization.yaml",
				component(declared, "", policyPatch("network-policy.yaml", "functions|setup"))));
		files.add(new GeneratedFile("knative/components/cloudnative-pg/kustomization.yaml", component(declared, """
				resources:
				  - network-policies.yaml
				  - cluster.yaml
				  - pooler.yaml
				  - disruption-budget.yaml
				""", policyPatch("dns.yaml", "dns") + policyPatch("to-pooler.yaml", "functions")
				+ policyPatch("to-instances.yaml", "setup"))));
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

	/** These components name the functions that use the database. */
	private static String component(Functions functions, String resources, String patches) {
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
				%spatches:
				%s  - path: function.yaml
				    target:
				      group: serving.knative.dev
				      kind: Service
				      name: %s
				  - path: setup.yaml
				    target:
				      kind: Job
				      name: setup
				""".formatted(functions.database(), functions.image(), resources, patches, names);
	}

	private static String policyPatch(String file, String policies) {
		return """
				  - path: %s
				    target:
				      kind: NetworkPolicy
				      name: %s
				""".formatted(file, policies);
	}

}
