package dev.passengers.edge;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;

/**
 * What HTTP makes of one function: reads the request into what the function takes and
 * writes what the function gives.
 */
interface Endpoint {

	/**
	 * Returns the method; {@code GET} stands for {@code HEAD} too.
	 * @return the method
	 */
	HttpMethod method();

	/**
	 * Returns whether the path goes on with a uuid.
	 * @return true when it must, false when it must not
	 */
	boolean takesUuid();

	/**
	 * Answers a request whose path and method are right.
	 * @param call the request
	 * @return completes with the response; an {@link HttpProblem} or what the function
	 * threw
	 */
	Mono<Void> handle(Call call);

}
