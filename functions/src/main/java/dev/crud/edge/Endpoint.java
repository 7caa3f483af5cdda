package dev.crud.edge;

import reactor.core.publisher.Mono;

/**
 * Connects one operation to HTTP: turns the request into what the function takes, and
 * what the function gives into the response.
 */
interface Endpoint {

	/**
	 * Answers a request whose path and method are right.
	 * @param request the request
	 * @return completes with the response; fails with a {@link ProblemException} or with
	 * what the function threw
	 */
	Mono<Void> handle(FunctionRequest request);

}
