/**
 * What any function over a table is: its declaration, what it takes and what it gives.
 */
@NullMarked
package dev.crud.function;

import org.jspecify.annotations.NullMarked;
