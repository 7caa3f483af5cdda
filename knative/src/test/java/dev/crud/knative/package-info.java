/**
 * Tests of the generator and of what it published.
 */
@NullMarked
package dev.crud.knative;

import org.jspecify.annotations.NullMarked;
