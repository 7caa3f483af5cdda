package dev.crud.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Builds documents for JSON and YAML from maps, lists, texts, numbers and booleans.
 */
final class Nodes {

	private Nodes() {
	}

	/**
	 * Builds an object; members whose value is {@code null} are left out.
	 * @param members names and values, alternating
	 * @return the members in their order, as a map that can be added to
	 */
	static Map<String, Object> object(@Nullable Object... members) {
		Map<String, Object> object = new LinkedHashMap<>();
		for (int i = 0; i < members.length; i += 2) {
			Object value = members[i + 1];
			if (value != null) {
				object.put(String.valueOf(members[i]), value);
			}
		}
		return object;
	}

	/**
	 * Refers to a part of the document.
	 * @param kind the kind of component
	 * @param name its name
	 * @return the reference
	 */
	static Map<String, Object> ref(String kind, String name) {
		return object("$ref", "#/components/" + kind + "/" + name);
	}

	static Map<String, Object> refs(String kind, List<String> names) {
		Map<String, Object> refs = new LinkedHashMap<>();
		names.forEach((name) -> refs.put(name, ref(kind, name)));
		return refs;
	}

}
