/**
 * The one place for SQL: statements put together from a table's declaration, connections
 * and time limits.
 */
@NullMarked
package dev.crud.database;

import org.jspecify.annotations.NullMarked;
