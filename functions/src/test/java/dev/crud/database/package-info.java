/**
 * What can't be seen through HTTP: moments between two events.
 */
@NullMarked
package dev.crud.database;

import org.jspecify.annotations.NullMarked;
