package dev.crud.edge;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.crud.auth.Guard;
import dev.crud.function.FunctionDeclaration;
import dev.crud.function.Functions;
import dev.crud.function.Operation;
import dev.crud.telemetry.RequestTelemetry;
import dev.crud.telemetry.Telemetry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionProperties;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.cloud.function.web.util.FunctionWebRequestProcessingHelper;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Handles every request: finds its function with Spring Cloud Function web, lets the
 * endpoint answer, and turns anything that goes wrong into a problem (RFC 9457).
 */
final class Edge implements HttpHandler {

	private final FunctionCatalog catalog;

	private final Map<String, FunctionDeclaration> functions = new HashMap<>();

	private final Map<String, FunctionInvocationWrapper> found = new ConcurrentHashMap<>();

	private final Map<Operation, Endpoint> endpoints;

	private final Problems problems;

	private final OpenApiEndpoint openApi;

	private final Guard guard;

	private final Telemetry telemetry;

	private final @Nullable String only;

	private final RequestLog log = new RequestLog();

	private final FunctionProperties noDefault = new FunctionProperties();

	/**
	 * Creates the edge.
	 * @param catalog the deployed functions
	 * @param functions all functions
	 * @param endpoints the endpoint for each operation
	 * @param problems turns exceptions into problems
	 * @param openApi answers the OpenAPI document, where all functions are deployed
	 * @param guard says who may
	 * @param telemetry observes requests
	 */
	Edge(FunctionCatalog catalog, Functions functions, Map<Operation, Endpoint> endpoints, Problems problems,
			OpenApiEndpoint openApi, Guard guard, Telemetry telemetry) {
		this.catalog = catalog;
		functions.all().forEach((function) -> this.functions.put(function.name(), function));
		this.endpoints = endpoints;
		this.problems = problems;
		this.openApi = openApi;
		this.guard = guard;
		this.telemetry = telemetry;
		this.only = (catalog.size() == 1) ? catalog.getNames(null).iterator().next() : null;
	}

	@Override
	public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		RequestTelemetry observed = this.telemetry.request(request);
		HttpExchange exchange = new HttpExchange(request, response, observed);
		Mono<Void> answer = Mono.defer(() -> answer(exchange)).onErrorResume((error) -> problem(exchange, error));
		Mono<Void> logged = this.log.around(exchange, answer);
		return ((observed != null) ? observed.around(response, logged) : logged)
			// Then there is nobody left to answer.
			.onErrorComplete(Failures::isClientGone)
			.subscribeOn(exchange.scheduler());
	}

	private Mono<Void> answer(HttpExchange exchange) {
		String path = exchange.path();
		if (this.only == null && OpenApiEndpoint.isAt(path)) {
			return answer(exchange, Operation.CONSTANT, () -> this.openApi.handle(exchange));
		}
		Route route = Route.of(path, this.functions, this.only);
		FunctionInvocationWrapper function = (route != null) ? find(route) : null;
		if (route == null || function == null) {
			throw ProblemException.notFound();
		}
		if (exchange.telemetry() != null) {
			exchange.telemetry().route(route.template());
		}
		Operation operation = route.declaration().operation();
		Endpoint endpoint = Objects.requireNonNull(this.endpoints.get(operation));
		return answer(exchange, operation, () -> {
			ServerHttpRequest request = exchange.request();
			this.guard.check(request.getHeaders(), request.getURI().getRawQuery(), route.declaration());
			return endpoint.handle(new FunctionRequest(exchange, function, route));
		});
	}

	private static Mono<Void> answer(HttpExchange exchange, Operation operation, Supplier<Mono<Void>> answer) {
		HttpMethod method = exchange.request().getMethod();
		if (operation.method().equals((HttpMethod.HEAD.equals(method) ? HttpMethod.GET : method).name())) {
			return answer.get();
		}
		String allow = operation.allow();
		if (!HttpMethod.OPTIONS.equals(method)) {
			throw ProblemException.methodNotAllowed(allow);
		}
		exchange.response().getHeaders().set(HttpHeaders.ALLOW, allow);
		return Reply.send(exchange, HttpStatus.NO_CONTENT);
	}

	private @Nullable FunctionInvocationWrapper find(Route route) {
		return this.found.computeIfAbsent(route.declaration().name(),
				(name) -> FunctionWebRequestProcessingHelper.findFunction(this.noDefault,
						HttpMethod.valueOf(route.declaration().operation().method()), this.catalog, new HashMap<>(),
						route.path()));
	}

	private Mono<Void> problem(HttpExchange exchange, Throwable error) {
		if (Failures.isClientGone(error)) {
			return Mono.error(error);
		}
		ServerHttpResponse response = exchange.response();
		ProblemException problem = this.problems.of(error);
		this.log.failure(exchange, problem, error);
		if (response.isCommitted()) {
			// It is too late for a problem. End the connection, so that nobody takes the
			// part that was sent for the whole answer.
			return Reply.abort(response).then(Mono.error(error));
		}
		response.getHeaders().clear();
		problem.headers().forEach(response.getHeaders()::set);
		return Reply.send(exchange, problem.status(), MediaType.APPLICATION_PROBLEM_JSON,
				problem.json(exchange.path()));
	}

}
