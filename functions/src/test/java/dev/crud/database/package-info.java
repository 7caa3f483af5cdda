/**
 * Tests what can't be observed through HTTP: the order of two simultaneous events.
 */
@NullMarked
package dev.crud.database;

import org.jspecify.annotations.NullMarked;
