package dev.crud.openapi;

import dev.crud.table.Noun;

/**
 * Has the descriptions of the document, written for people.
 */
final class OpenApiText {

	private OpenApiText() {
	}

	static String of(Noun noun) {
		return TEXT.replace("{a row}", noun.article() + " " + noun.singular()).replace("{rows}", noun.plural());
	}

	private static final String TEXT = """
			Functions that create, get, list, replace and delete. All of them answer at one address, as described here, or
			each on a host of its own, `http://FUNCTION.NAMESPACE.DOMAIN`; there it also answers without its name (`/` and
			`/{uuid}`), and to nothing else, this document included.

			**Methods.** Any method that is not described here is answered 405 with `Allow`, a path that is not, a trailing or
			a double slash 404. Query parameters that are not described are ignored.

			**Values.** What was stored is what comes back: nothing is trimmed, rounded or converted, and what can't be kept as
			it is is refused. Types are strict: `"27"` is not a number, `2.7` is not an integer (`2.0` is), `1` is not a
			boolean. A value that {a row} doesn't have is left out, never null. Fields that are not described and fields that
			are there twice are refused. Texts have no U+0000, no lone surrogate, and are not blank.

			**Concurrent changes.** Answers carry an `ETag`. With it in `If-Match` a change succeeds only if nobody else was
			first, else it is 412; with it in `If-None-Match` what has not changed is not sent again (304).

			**Many rows.** In NDJSON a row has at most 64 KiB; in CSV the header may also have the names that files of
			others use, where the table knows them.

			**Errors** are `application/problem+json` (RFC 9457). A bad body is answered with all that is wrong in it, at most
			100 entries in `errors`, those of many rows with their lines.

			**Who may.** An installation may ask for a bearer token (RFC 6750), with the scope `{rows}:read` to list and get and
			`{rows}:write` to create, replace and delete. It is looked at before the body is.

			**Limits.** A request target has at most 8 KiB, headers 16 KiB, one row 64 KiB and 32 levels, many rows 100 MiB, a
			page 1000 rows. A body must keep coming: 408 when it stops for 30 s, or when neither 32 KiB more nor its end come in
			30 s. A list must be read: a client that takes less than 512 KiB in 30 s is cut off. While the database can't be
			reached, or everything is busy, the answer is 503 with `Retry-After`, within 2 s.""";

}
