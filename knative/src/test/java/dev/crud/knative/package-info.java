/**
 * Tests the generator and what it has published.
 */
@NullMarked
package dev.crud.knative;

import org.jspecify.annotations.NullMarked;
