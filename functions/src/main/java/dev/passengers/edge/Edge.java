package dev.passengers.edge;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionProperties;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.cloud.function.web.constants.WebRequestConstants;
import org.springframework.cloud.function.web.util.FunctionWebRequestProcessingHelper;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * The one way in: finds the function of a request with Spring Cloud Function web, lets
 * its endpoint answer, and turns whatever goes wrong into a problem (RFC 9457).
 */
final class Edge implements WebHandler {

	private final FunctionCatalog catalog;

	private final Map<String, Endpoint> endpoints;

	private final @Nullable String only;

	private final RequestLog log = new RequestLog();

	private final FunctionProperties noDefault = new FunctionProperties();

	/**
	 * Creates the edge.
	 * @param catalog the deployed functions
	 * @param endpoints the endpoints of all functions, by name
	 */
	Edge(FunctionCatalog catalog, Map<String, Endpoint> endpoints) {
		this.catalog = catalog;
		this.endpoints = endpoints;
		this.only = (catalog.size() == 1) ? catalog.getNames(null).iterator().next() : null;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		Mono<Void> answer = Mono.defer(() -> answer(exchange)).onErrorResume((error) -> problem(exchange, error));
		return this.log.around(exchange, answer).subscribeOn(Reply.scheduler(exchange));
	}

	private Mono<Void> answer(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		Route route = Route.of(request.getURI().getRawPath(), this.endpoints, this.only);
		FunctionInvocationWrapper function = (route != null) ? find(route, exchange) : null;
		if (route == null || function == null) {
			throw HttpProblem.notFound();
		}
		HttpMethod allowed = route.endpoint().method();
		HttpMethod method = request.getMethod();
		if (method.equals(allowed) || (HttpMethod.HEAD.equals(method) && HttpMethod.GET.equals(allowed))) {
			return route.endpoint()
				.handle(new Call(exchange, function, exchange.getAttribute(WebRequestConstants.ARGUMENT)));
		}
		String allow = HttpMethod.GET.equals(allowed) ? "GET, HEAD, OPTIONS" : allowed.name() + ", OPTIONS";
		if (!HttpMethod.OPTIONS.equals(method)) {
			throw HttpProblem.methodNotAllowed(allow);
		}
		exchange.getResponse().getHeaders().set(HttpHeaders.ALLOW, allow);
		return Reply.send(exchange, HttpStatus.NO_CONTENT);
	}

	private @Nullable FunctionInvocationWrapper find(Route route, ServerWebExchange exchange) {
		return FunctionWebRequestProcessingHelper.findFunction(this.noDefault, route.endpoint().method(), this.catalog,
				exchange.getAttributes(), route.path());
	}

	private Mono<Void> problem(ServerWebExchange exchange, Throwable error) {
		if (Failures.isClientGone(error)) {
			return Mono.error(error);
		}
		ServerHttpResponse response = exchange.getResponse();
		HttpProblem problem = Problems.of(error);
		this.log.failure(exchange, problem, error);
		if (response.isCommitted()) {
			// Too late for a problem: end the connection, so that nobody takes a part for
			// the whole.
			return Reply.abort(response).then(Mono.error(error));
		}
		response.getHeaders().clear();
		problem.headers().forEach(response.getHeaders()::set);
		return Reply.send(exchange, problem.status(), MediaType.APPLICATION_PROBLEM_JSON,
				problem.json(exchange.getRequest().getURI().getRawPath()));
	}

}
