/**
 * Starts the functions: one of them, or all seven in one process.
 */
@NullMarked
package dev.crud;

import org.jspecify.annotations.NullMarked;
