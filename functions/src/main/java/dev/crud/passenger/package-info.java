/**
 * What a passenger is, and the seven functions: all that another table replaces.
 */
@NullMarked
package dev.crud.passenger;

import org.jspecify.annotations.NullMarked;
