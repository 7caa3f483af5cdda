/**
 * The only place with SQL: statements built from a table's declaration, connections and
 * time limits.
 */
@NullMarked
package dev.crud.database;

import org.jspecify.annotations.NullMarked;
