/**
 * The one place for SQL.
 */
@NullMarked
package dev.passengers.database;

import org.jspecify.annotations.NullMarked;
