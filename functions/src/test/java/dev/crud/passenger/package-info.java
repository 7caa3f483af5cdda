/**
 * Tests what is specific to passengers, and has the benchmarks: everything that a project
 * with another table replaces. All other tests take their values, names and paths from
 * the declarations.
 */
@NullMarked
package dev.crud.passenger;

import org.jspecify.annotations.NullMarked;
