package dev.passengers.edge;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.cloud.function.web.util.FunctionWebRequestProcessingHelper;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * One request to one function.
 *
 * @param exchange the request and its response
 * @param function the function
 * @param argument what follows the function's name in the path, not yet checked
 */
record Call(ServerWebExchange exchange, FunctionInvocationWrapper function, @Nullable String argument) {

	ServerHttpRequest request() {
		return this.exchange.getRequest();
	}

	HttpHeaders headers() {
		return request().getHeaders();
	}

	/**
	 * Invokes the function.
	 * @param <T> what it gives
	 * @param input what it takes, or {@code null} for a supplier
	 * @return what it gave, on the thread of the client's connection
	 */
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals", "NullAway" })
	<T> Mono<T> invoke(@Nullable Object input) {
		Object result = FunctionWebRequestProcessingHelper.invokeFunction(this.function, input, false);
		return (result instanceof Mono<?> mono) ? ((Mono<T>) mono).publishOn(Reply.scheduler(this.exchange))
				: Mono.just((T) result);
	}

	/**
	 * Reads the uuid of the path.
	 * @return the uuid
	 * @throws HttpProblem with status 400 when it is malformed
	 */
	UUID uuid() {
		UUID uuid = (this.argument != null) ? Uuids.parse(this.argument) : null;
		if (uuid == null) {
			throw HttpProblem.badRequest("The uuid must be in its canonical form of 8-4-4-4-12 hexadecimal digits.");
		}
		return uuid;
	}

}
