/**
 * Declares what a passenger is, and the seven functions: everything that a project with
 * another table replaces.
 */
@NullMarked
package dev.crud.passenger;

import org.jspecify.annotations.NullMarked;
