/**
 * Starts one function alone, or all seven in one process.
 */
@NullMarked
package dev.crud;

import org.jspecify.annotations.NullMarked;
