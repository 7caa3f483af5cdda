/**
 * Generates what is installed on a cluster from one record for each function.
 */
@NullMarked
package dev.crud.knative;

import org.jspecify.annotations.NullMarked;
