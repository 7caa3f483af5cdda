package dev.crud.knative;

import java.time.Instant;

/**
 * An answer that was not as it should be.
 *
 * @param when the time of the answer
 * @param status the status; 0 when there was no answer
 * @param detail the request and the answer
 */
record Failure(Instant when, int status, String detail) {

}
