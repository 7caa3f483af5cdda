package dev.crud.edge;

import dev.crud.function.ListQuery;
import dev.crud.function.Position;
import dev.crud.function.RowList;
import dev.crud.table.Table;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers {@code GET} of a list.
 */
final class ListEndpoint implements Endpoint {

	private final ListParameters parameters;

	ListEndpoint(Table table) {
		this.parameters = new ListParameters(table);
	}

	@Override
	public Mono<Void> handle(FunctionRequest request) {
		MediaType type = Accept.choose(request.headers(), Formats.ofLists());
		QueryString given = this.parameters.given(request.http().getURI().getRawQuery());
		ListQuery query = this.parameters.read(given, Formats.of(type));
		Mono<RowList> answer = request.invoke(query);
		return answer.flatMap((list) -> {
			HttpHeaders headers = request.exchange().response().getHeaders();
			headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT);
			if (list.total() != null) {
				headers.set("X-Total-Count", list.total().toString());
			}
			if (list instanceof RowList.Stream stream) {
				return Reply.stream(request.exchange(), type, stream.parts());
			}
			RowList.Page page = (RowList.Page) list;
			Position next = page.next();
			if (next != null) {
				headers.set(HttpHeaders.LINK,
						ListParameters.next(request.route().declaration().path(), given, query, next));
			}
			return Reply.send(request.exchange(), HttpStatus.OK, type, page.parts());
		});
	}

}
