/**
 * Tests what functions are declared with.
 */
@NullMarked
package dev.crud.function;

import org.jspecify.annotations.NullMarked;
