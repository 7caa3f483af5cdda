/**
 * Tests of what is about passengers alone, and benchmarks with them: what another table
 * replaces. All others take their values, names and paths from the declarations.
 */
@NullMarked
package dev.crud.passenger;

import org.jspecify.annotations.NullMarked;
