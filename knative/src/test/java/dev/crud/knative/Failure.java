package dev.crud.knative;

import java.time.Instant;

/**
 * An answer that was not as it should have been.
 *
 * @param when it came
 * @param status of it; 0 for none
 * @param detail what was asked and answered
 */
record Failure(Instant when, int status, String detail) {

}
