/**
 * Tests of the generator and of what it published.
 */
@NullMarked
package dev.passengers.knative;

import org.jspecify.annotations.NullMarked;
