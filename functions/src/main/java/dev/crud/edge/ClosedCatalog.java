package dev.crud.edge;

import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.catalog.FunctionTypeUtils;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.cloud.function.json.JsonMapper;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;

/**
 * A catalog that knows the deployed functions and nothing else. Names are looked up in a
 * map that never changes: there is no composition, no router and no other bean, and
 * looking up an unknown name costs nothing and leaves nothing behind.
 */
final class ClosedCatalog implements FunctionCatalog {

	private final Map<String, FunctionInvocationWrapper> functions = new LinkedHashMap<>();

	ClosedCatalog(BeanFactory beans, Set<String> names) {
		SimpleFunctionRegistry registry = new SimpleFunctionRegistry(new DefaultConversionService(),
				new CompositeMessageConverter(List.of(new ByteArrayMessageConverter())), new NoJson());
		for (String name : names) {
			Object function = beans.getBean(name);
			Type type = FunctionTypeUtils.discoverFunctionTypeFromClass(function.getClass());
			registry.register(new FunctionRegistration<>(function, name).type(type));
		}
		for (String name : names) {
			this.functions.put(name, registry.lookup(name));
		}
	}

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T> @Nullable T lookup(@Nullable Class<?> type, String definition, String @Nullable ... mimeTypes) {
		return (T) this.functions.get(definition);
	}

	@Override
	public Set<String> getNames(@Nullable Class<?> type) {
		return this.functions.keySet();
	}

	@Override
	public int size() {
		return this.functions.size();
	}

	/** Converts nothing: the edge already gives functions what they take. */
	private static final class NoJson extends JsonMapper {

		@Override
		@SuppressWarnings("TypeParameterUnusedInFormals")
		protected <T> T doFromJson(Object json, Type type) {
			throw new UnsupportedOperationException();
		}

		@Override
		public String toString(Object value) {
			return String.valueOf(value);
		}

	}

}
