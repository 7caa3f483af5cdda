/**
 * Runs the functions on a real, embedded Postgres, both locally and in tests.
 */
@NullMarked
package dev.crud;

import org.jspecify.annotations.NullMarked;
