package dev.crud.edge;

import reactor.core.publisher.Mono;

/**
 * What HTTP makes of one operation: reads the request into what the function takes and
 * writes what the function gives.
 */
interface Endpoint {

	/**
	 * Answers a request whose path and method are right.
	 * @param request the request
	 * @return completes with the response; a {@link ProblemException} or what the
	 * function threw
	 */
	Mono<Void> handle(FunctionRequest request);

}
