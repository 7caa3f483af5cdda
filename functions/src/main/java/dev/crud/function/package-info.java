/**
 * The vocabulary of all functions over a table: their declaration, what they take and
 * what they give.
 */
@NullMarked
package dev.crud.function;

import org.jspecify.annotations.NullMarked;
