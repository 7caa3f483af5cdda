package dev.crud.edge;

import java.util.UUID;

import dev.crud.table.UuidType;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.cloud.function.web.util.FunctionWebRequestProcessingHelper;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * One request to one function.
 *
 * @param exchange the request and its response
 * @param function the function to call
 * @param route the route of its path
 */
record FunctionRequest(HttpExchange exchange, FunctionInvocationWrapper function, Route route) {

	ServerHttpRequest http() {
		return this.exchange.request();
	}

	HttpHeaders headers() {
		return http().getHeaders();
	}

	/**
	 * Invokes the function.
	 * @param <T> the type of the result
	 * @param input the function's input, or {@code null} for a supplier
	 * @return the result, on the thread of the client's connection
	 */
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals", "NullAway" })
	<T> Mono<T> invoke(@Nullable Object input) {
		Object result = FunctionWebRequestProcessingHelper.invokeFunction(this.function, input, false);
		return (result instanceof Mono<?> mono) ? ((Mono<T>) mono).publishOn(Schedulers.fromExecutor(this::onEventLoop))
				: Mono.just((T) result);
	}

	private void onEventLoop(Runnable task) {
		EventLoop loop = this.exchange.eventLoop();
		if (loop.inEventLoop()) {
			task.run();
		}
		else {
			loop.execute(task);
		}
	}

	/**
	 * Reads the key in the path.
	 * @return the key
	 * @throws ProblemException with status 400 when it is malformed
	 */
	UUID key() {
		UUID key = UuidType.uuid(this.route.argument());
		if (key == null) {
			throw ProblemException
				.badRequest("The uuid must be in its canonical form of 8-4-4-4-12 hexadecimal digits.");
		}
		return key;
	}

}
